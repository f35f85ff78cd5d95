-- One row per episode, measure and scale whose answer is a category (the ITQ diagnosis): the first, and the last that is at
-- least min_pair_days later. post_* is null when there is no such answer. An undecided answer is no answer.
-- Answers in dq_scores_set_aside take no part.
-- index: service_code, measure_id, scale_id
with

usable_answers as (

    select int_scores_placed.*
    from int_scores_placed
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where int_scores_placed.score_status = 'scored'
        and int_scores_placed.category is not null
        and int_scores_placed.score is null
        and int_scores_placed.episode_id is not null
        and dq_scores_set_aside.assessment_id is null

),

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
    from usable_answers

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
