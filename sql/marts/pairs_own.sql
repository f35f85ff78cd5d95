-- One row per episode, measure and scale with at least one scored score: the first, and the last of the same basis that is at
-- least min_pair_days later. post_* is null when there is no such score: a lone score never pairs with itself.
-- Only scores that count the same items compare (assessment_score.basis): the first score says which those are.
-- n_scores: all of them. n_other_basis: later scores that count other items, and so are not compared.
-- Scores of one day that are equal go by assessment_id, so that a rebuild gives the same pairs. Different scores of one day, and
-- others of which it is not known what they say, take no part: dq_scores_set_aside.
-- index: service_code, measure_id, scale_id
with

scored as (

    select
        int_scores_placed.episode_id,
        int_scores_placed.person_key,
        int_scores_placed.service_code,
        int_scores_placed.measure_id,
        int_scores_placed.scale_id,
        int_scores_placed.assessment_id,
        int_scores_placed.assessed_date,
        int_scores_placed.assessed_day,
        int_scores_placed.score,
        int_scores_placed.basis
    from int_scores_placed
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where int_scores_placed.score_status = 'scored'
        and int_scores_placed.score is not null
        and int_scores_placed.episode_id is not null
        and dq_scores_set_aside.assessment_id is null

),

scores_compared_with_first as (

    select
        *,
        row_number() over (
            partition by episode_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as nth,
        first_value(assessed_day) over (
            partition by episode_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as first_day,
        case
            when basis = first_value(basis) over (
                partition by episode_id, measure_id, scale_id
                order by assessed_day, assessment_id
            ) then 1
            else 0
        end as is_of_first_basis
    from scored

),

scores_ranked_from_last as (

    select
        *,
        row_number() over (
            partition by episode_id, measure_id, scale_id, is_of_first_basis
            order by assessed_day desc, assessment_id desc
        ) as nth_last
    from scores_compared_with_first

),

pre_and_post_marked as (

    select
        scores_ranked_from_last.*,
        case when nth = 1 then 1 else 0 end as is_pre,
        case
            when nth = 1 or nth_last > 1 or is_of_first_basis = 0 then 0
            when assessed_day - first_day >= settings.min_pair_days then 1
            else 0
        end as is_post
    from scores_ranked_from_last
    cross join settings

)

select
    episode_id,
    person_key,
    service_code,
    measure_id,
    scale_id,
    cast(count(*) as integer) as n_scores,
    cast(sum(1 - is_of_first_basis) as integer) as n_other_basis,
    cast(max(case when is_pre = 1 then assessment_id end) as integer) as pre_assessment_id,
    max(case when is_pre = 1 then score end) as pre_score,
    max(case when is_pre = 1 then assessed_date end) as pre_date,
    max(case when is_pre = 1 then assessed_day end) as pre_day,
    cast(max(case when is_post = 1 then assessment_id end) as integer) as post_assessment_id,
    max(case when is_post = 1 then score end) as post_score,
    max(case when is_post = 1 then assessed_date end) as post_date,
    max(case when is_post = 1 then assessed_day end) as post_day
from pre_and_post_marked
group by episode_id, person_key, service_code, measure_id, scale_id
