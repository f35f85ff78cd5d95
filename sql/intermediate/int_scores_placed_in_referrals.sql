-- One row per assessment and scale that the national rule counts, with the patient's referral that it belongs to
-- (int_assessments_placed). Scores of one person, day, referral, scale and value are one score: the first is kept (NHS
-- England removes such duplicates before it orders scores).
-- value_status 'sentinel' is a DIALOG item answered 8, which is in the published range but is not an answer.
-- index: referral_record_id, measure_id, scale_id
with

copies_ranked as (

    select
        int_assessments_placed.referral_record_id,
        int_assessments_placed.person_key,
        assessment_score.service_code,
        assessment_score.measure_id,
        assessment_score.scale_id,
        assessment_score.assessment_id,
        assessment_score.assessed_day,
        assessment_score.score,
        assessment_score.score_status as value_status,
        row_number() over (
            partition by
                int_assessments_placed.referral_record_id,
                assessment_score.measure_id,
                assessment_score.scale_id,
                assessment_score.assessed_day,
                assessment_score.score
            order by assessment_score.assessment_id
        ) as nth_copy
    from assessment_score
    join measure_scale
        on measure_scale.measure_id = assessment_score.measure_id
        and measure_scale.scale_id = assessment_score.scale_id
    join int_assessments_placed
        on int_assessments_placed.assessment_id = assessment_score.assessment_id
    join persons
        on persons.person_key = int_assessments_placed.person_key
    cross join settings
    where measure_scale.national_change_points is not null
        and persons.person_type = 'patient'
        and int_assessments_placed.referral_record_id is not null
        and assessment_score.score_status in ('scored', 'sentinel')
        and assessment_score.score is not null
        and assessment_score.assessed_day <= settings.data_end_day

)

select
    referral_record_id,
    person_key,
    service_code,
    measure_id,
    scale_id,
    assessment_id,
    assessed_day,
    score,
    value_status
from copies_ranked
where nth_copy = 1
