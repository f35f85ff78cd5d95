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
        count(*) over (partition by episode_id, measure_id, scale_id) as n_answers
    from int_scores_placed
    where score_status = 'scored' and category is not null and score is null and episode_id is not null

)

select
    first_answers.episode_id,
    first_answers.person_key,
    first_answers.service_code,
    first_answers.measure_id,
    first_answers.scale_id,
    first_answers.category as pre_category,
    first_answers.assessed_day as pre_day,
    last_answers.category as post_category,
    last_answers.assessed_day as post_day
from answers_ranked_in_episode as first_answers
cross join settings
left join answers_ranked_in_episode as last_answers
    on last_answers.episode_id = first_answers.episode_id
    and last_answers.measure_id = first_answers.measure_id
    and last_answers.scale_id = first_answers.scale_id
    and last_answers.nth = first_answers.n_answers
    and last_answers.nth > 1
    and last_answers.assessed_day - first_answers.assessed_day >= settings.min_pair_days
where first_answers.nth = 1
