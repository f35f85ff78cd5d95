-- One row per contact, with the person it was with and the referral it names; nulls as in int_assessments_resolved.
-- Of the copies with one contact_ref in a service, the last one read is kept.
-- index: person_key, service_code, contact_day
with

copies_ranked as (

    select
        *,
        row_number() over (
            partition by service_code, contact_ref
            order by file_id desc, row_number desc, contact_id desc
        ) as nth_latest
    from contact_record

),

current_contacts as (

    select *
    from copies_ranked
    where contact_ref is null or nth_latest = 1

)

select
    current_contacts.contact_id,
    cast(
        coalesce(
            current_contacts.nhs_identity_key,
            int_identities_linked.person_key,
            int_referrals_resolved.person_key
        ) as integer
    ) as person_key,
    int_referrals_resolved.referral_record_id,
    current_contacts.service_code,
    current_contacts.contact_day,
    current_contacts.attendance,
    current_contacts.mode,
    current_contacts.staff_role,
    current_contacts.staff_band,
    current_contacts.duration_minutes
from current_contacts
left join int_identities_linked
    on int_identities_linked.identity_key = current_contacts.local_identity_key
left join int_referrals_resolved
    on int_referrals_resolved.service_code = current_contacts.service_code
    and int_referrals_resolved.referral_ref = current_contacts.referral_ref
