-- One row per assessment and scale that the national rule counts, with the patient's referral that it belongs to.
-- A score that names a loaded referral belongs to it, if it is the same person's. Any other belongs to the person's
-- referral that was open in the service on its day; of several, to the latest. Scores of one person, day, referral, scale and
-- value are one score: the first is kept (NHS England removes such duplicates before it orders scores).
-- value_status 'sentinel' is a DIALOG item answered 8, which is in the published range but is not an answer.
-- index: referral_record_id, measure_id, scale_id
with

national_scores as (

    select
        int_scores_resolved.assessment_id,
        int_scores_resolved.scale_id,
        int_scores_resolved.measure_id,
        int_scores_resolved.person_key,
        int_scores_resolved.service_code,
        int_scores_resolved.referral_record_id as named_referral_record_id,
        int_scores_resolved.assessed_day,
        int_scores_resolved.score,
        int_scores_resolved.score_status
    from int_scores_resolved
    join measure_scale
        on measure_scale.measure_id = int_scores_resolved.measure_id
        and measure_scale.scale_id = int_scores_resolved.scale_id
    join persons
        on persons.person_key = int_scores_resolved.person_key
    cross join settings
    where measure_scale.national_change_points is not null
        and persons.person_type = 'patient'
        and int_scores_resolved.score_status in ('scored', 'sentinel')
        and int_scores_resolved.score is not null
        and int_scores_resolved.assessed_day <= settings.data_end_day

),

scores_with_the_referrals_that_fit as (

    select
        national_scores.*,
        int_referrals_resolved.referral_record_id,
        row_number() over (
            partition by national_scores.assessment_id, national_scores.scale_id
            order by int_referrals_resolved.referral_day desc, int_referrals_resolved.referral_record_id desc
        ) as nth
    from national_scores
    cross join settings
    join int_referrals_resolved
        on int_referrals_resolved.person_key = national_scores.person_key
        and int_referrals_resolved.service_code = national_scores.service_code
        and int_referrals_resolved.referral_day <= national_scores.assessed_day
        and coalesce(int_referrals_resolved.discharge_day, settings.data_end_day) >= national_scores.assessed_day
    where national_scores.named_referral_record_id is null and int_referrals_resolved.rejected_day is null

),

scores_with_the_referral_they_name as (

    select
        national_scores.*,
        int_referrals_resolved.referral_record_id,
        1 as nth
    from national_scores
    join int_referrals_resolved
        on int_referrals_resolved.referral_record_id = national_scores.named_referral_record_id
        and int_referrals_resolved.person_key = national_scores.person_key

),

scores_with_their_referral as (

    select * from scores_with_the_referrals_that_fit where nth = 1

    union all

    select * from scores_with_the_referral_they_name

),

copies_ranked as (

    select
        *,
        row_number() over (
            partition by referral_record_id, measure_id, scale_id, assessed_day, score
            order by assessment_id
        ) as nth_copy
    from scores_with_their_referral

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
    score_status as value_status
from copies_ranked
where nth_copy = 1
