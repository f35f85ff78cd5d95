-- One row per scored assessment and scale, with the episode that takes its questionnaire; episode_id null where none does.
-- index: episode_id, measure_id, scale_id, assessed_day, assessment_id
select
    assessment_score.assessment_id,
    assessment_score.scale_id,
    assessment_score.measure_id,
    assessment_score.nhs_identity_key,
    assessment_score.local_identity_key,
    assessment_score.referral_ref,
    assessment_score.service_code,
    assessment_score.team,
    assessment_score.assessed_date,
    assessment_score.assessed_day,
    assessment_score.score,
    assessment_score.category,
    assessment_score.score_status,
    assessment_score.n_answered,
    assessment_score.n_expected,
    assessment_score.method,
    assessment_score.basis,
    int_assessments_placed.person_key,
    int_assessments_placed.episode_id
from assessment_score
join int_assessments_placed
    on int_assessments_placed.assessment_id = assessment_score.assessment_id
