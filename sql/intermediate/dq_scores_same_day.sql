-- One row per score that another one of the same person, service, measure, scale and day contradicts. Equal scores do not.
-- index: assessment_id, scale_id
with

scores_of_days as (

    select
        assessment_id,
        scale_id,
        min(score) over same_day as lowest_score,
        max(score) over same_day as highest_score,
        min(category) over same_day as first_category,
        max(category) over same_day as last_category
    from int_scores_placed
    where score_status = 'scored' and person_key is not null
    window same_day as (
        partition by person_key, service_code, measure_id, scale_id, assessed_day
    )

)

select assessment_id, scale_id
from scores_of_days
where lowest_score <> highest_score or first_category <> last_category
