-- One row per questionnaire that was scored, with the person it is about and the referral it names. All its scales have its
-- assessment_id, and whose it is does not depend on the scale.
-- A record that gives only a referral is its referral's person's. person_key is null where no record says whose it is;
-- referral_record_id is null where no loaded referral of the service has the reference.
-- index: assessment_id
-- index: person_key, service_code
select
    stg_assessments_dated.assessment_id,
    cast(
        coalesce(
            stg_assessments_dated.nhs_identity_key,
            int_identities_linked.person_key,
            int_referrals_resolved.person_key
        ) as integer
    ) as person_key,
    int_referrals_resolved.referral_record_id,
    stg_assessments_dated.service_code,
    stg_assessments_dated.team,
    stg_assessments_dated.assessed_date,
    stg_assessments_dated.assessed_day
from stg_assessments_dated
left join int_identities_linked
    on int_identities_linked.identity_key = stg_assessments_dated.local_identity_key
left join int_referrals_resolved
    on int_referrals_resolved.service_code = stg_assessments_dated.service_code
    and int_referrals_resolved.referral_ref = stg_assessments_dated.referral_ref
where exists (
    select 1 from assessment_score where assessment_score.assessment_id = stg_assessments_dated.assessment_id
)
