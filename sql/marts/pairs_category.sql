-- One row per episode, measure and scale whose answer is a category (the ITQ diagnosis): the first, and the last that is at
-- least min_pair_days later. post_* is null when there is no such answer. An undecided answer is no answer.
-- index: service_code, measure_id, scale_id
with

answers_ranked_in_episode as (

    select
        episode_id,
        person_key,
        service_code,
        measure_id,
        scale_id,
        assessed_day,
        category,
        row_number() over (
            partition by episode_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as nth,
        count(*) over (partition by episode_id, measure_id, scale_id) as n_answers,
        min(assessed_day) over (partition by episode_id, measure_id, scale_id) as first_day
    from int_scores_placed
    where score_status = 'scored' and category is not null and score is null and episode_id is not null

),

pre_and_post_marked as (

    select
        answers_ranked_in_episode.*,
        case when nth = 1 then 1 else 0 end as is_pre,
        case
            when nth > 1 and nth = n_answers and assessed_day - first_day >= settings.min_pair_days then 1
            else 0
        end as is_post
    from answers_ranked_in_episode
    cross join settings

)

select
    episode_id,
    person_key,
    service_code,
    measure_id,
    scale_id,
    max(case when is_pre = 1 then category end) as pre_category,
    max(case when is_pre = 1 then assessed_day end) as pre_day,
    max(case when is_post = 1 then category end) as post_category,
    max(case when is_post = 1 then assessed_day end) as post_day
from pre_and_post_marked
group by episode_id, person_key, service_code, measure_id, scale_id
