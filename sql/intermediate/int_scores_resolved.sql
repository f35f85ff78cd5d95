-- One row per scored assessment and scale, with the person it is about and the referral it names.
-- A record that gives only a referral is its referral's person's. person_key is null where no record says whose it is;
-- referral_record_id is null where no loaded referral of the service has the reference.
-- index: person_key, service_code
with

assessments as (

    select
        assessment_id,
        scale_id,
        measure_id,
        nhs_identity_key,
        local_identity_key,
        referral_ref,
        service_code,
        team,
        assessed_date,
        assessed_day,
        score,
        category,
        score_status,
        n_answered,
        n_expected,
        method,
        basis
    from assessment_score

)

select
    assessments.assessment_id,
    assessments.scale_id,
    assessments.measure_id,
    assessments.nhs_identity_key,
    assessments.local_identity_key,
    assessments.referral_ref,
    assessments.service_code,
    assessments.team,
    assessments.assessed_date,
    assessments.assessed_day,
    assessments.score,
    assessments.category,
    assessments.score_status,
    assessments.n_answered,
    assessments.n_expected,
    assessments.method,
    assessments.basis,
    coalesce(
        assessments.nhs_identity_key,
        int_identities_linked.person_key,
        int_referrals_resolved.person_key
    ) as person_key,
    int_referrals_resolved.referral_record_id
from assessments
left join int_identities_linked
    on int_identities_linked.identity_key = assessments.local_identity_key
left join int_referrals_resolved
    on int_referrals_resolved.service_code = assessments.service_code
    and int_referrals_resolved.referral_ref = assessments.referral_ref
