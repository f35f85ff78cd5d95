-- One row per episode, measure and scale with at least one scored score: the first, and the last that is at least
-- min_pair_days later. post_* is null when there is no such score: a lone score never pairs with itself.
-- Scores of one day go by assessment_id, so that a rebuild gives the same pairs.
-- index: service_code, measure_id, scale_id
with

scored as (

    select
        episode_id,
        person_key,
        service_code,
        measure_id,
        scale_id,
        assessment_id,
        assessed_date,
        assessed_day,
        score
    from int_scores_placed
    where score_status = 'scored' and score is not null and episode_id is not null

),

scores_ranked_in_episode as (

    select
        *,
        row_number() over (
            partition by episode_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as nth,
        count(*) over (partition by episode_id, measure_id, scale_id) as n_scores
    from scored

),

first_and_last as (

    select
        first_scores.episode_id,
        first_scores.person_key,
        first_scores.service_code,
        first_scores.measure_id,
        first_scores.scale_id,
        cast(first_scores.n_scores as integer) as n_scores,
        first_scores.assessment_id as pre_assessment_id,
        first_scores.score as pre_score,
        first_scores.assessed_date as pre_date,
        first_scores.assessed_day as pre_day,
        last_scores.assessment_id as post_assessment_id,
        last_scores.score as post_score,
        last_scores.assessed_date as post_date,
        last_scores.assessed_day as post_day
    from scores_ranked_in_episode as first_scores
    cross join settings
    left join scores_ranked_in_episode as last_scores
        on last_scores.episode_id = first_scores.episode_id
        and last_scores.measure_id = first_scores.measure_id
        and last_scores.scale_id = first_scores.scale_id
        and last_scores.nth = first_scores.n_scores
        and last_scores.nth > 1
        and last_scores.assessed_day - first_scores.assessed_day >= settings.min_pair_days
    where first_scores.nth = 1

)

select * from first_and_last
