-- One row per referral. person_key is null where no record says whose it is.
-- Monthly extracts send a referral again and again: of the copies with one referral_ref in a service, the one of the latest
-- submission is kept, else the last one read. A referral without a reference is taken as it is. Superseded submissions are out.
-- Rejected referrals stay, with rejected_day. A team type or a rejection that the referral does not give is its teams'
-- (stg_referral_teams).
-- index: referral_record_id
-- index: service_code, referral_ref
-- index: person_key, service_code, referral_day
with

copies_ranked as (

    select
        referral_record.*,
        row_number() over (
            partition by referral_record.service_code, referral_record.referral_ref
            order by
                coalesce(stg_rows_submitted.submission_order, 0) desc,
                referral_record.file_id desc,
                referral_record.row_number desc,
                referral_record.referral_record_id desc
        ) as nth_latest
    from referral_record
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = referral_record.file_id
        and stg_rows_submitted.row_number = referral_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

current_referrals as (

    select *
    from copies_ranked
    where referral_ref is null or nth_latest = 1

)

select
    current_referrals.referral_record_id,
    cast(coalesce(current_referrals.nhs_identity_key, int_identities_linked.person_key) as integer) as person_key,
    current_referrals.file_id,
    current_referrals.row_number,
    current_referrals.nhs_identity_key,
    current_referrals.local_identity_key,
    current_referrals.referral_ref,
    current_referrals.service_code,
    current_referrals.pathway,
    current_referrals.team,
    coalesce(current_referrals.team_type, stg_referral_teams.team_type) as team_type,
    current_referrals.intervention,
    current_referrals.referral_source,
    current_referrals.primary_reason,
    current_referrals.referral_date,
    current_referrals.referral_day,
    current_referrals.first_contact_date,
    current_referrals.first_contact_day,
    current_referrals.discharge_date,
    current_referrals.discharge_day,
    current_referrals.discharge_reason,
    coalesce(current_referrals.rejected_date, stg_referral_teams.rejected_date) as rejected_date,
    cast(coalesce(current_referrals.rejected_day, stg_referral_teams.rejected_day) as integer) as rejected_day,
    current_referrals.age_at_referral
from current_referrals
left join int_identities_linked
    on int_identities_linked.identity_key = current_referrals.local_identity_key
left join stg_referral_teams
    on stg_referral_teams.service_code = current_referrals.service_code
    and stg_referral_teams.referral_ref = current_referrals.referral_ref
