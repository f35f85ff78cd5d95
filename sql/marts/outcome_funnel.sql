-- One row per measure, scale and episode that could have been measured: eligible, then with a baseline, then with a pair.
-- Eligible: it started on or after the day the measure started in the service (int_measures_started), less
-- assessment_days_before_start;
-- or it started earlier and has a baseline all the same, so that every pair is in the funnel that it is counted from.
-- days_open: days from the start to the end, or to the end of the data.
-- index: service_code, measure_id, scale_id
with

answers as (

    select service_code, measure_id, scale_id
    from int_scores_placed
    where score_status = 'scored'

),

scales_of_services as (

    select service_code, measure_id, scale_id
    from answers
    group by service_code, measure_id, scale_id

),

pairs_of_both_kinds as (

    select episode_id, measure_id, scale_id, case when post_day is null then 0 else 1 end as has_pair
    from pairs_own
    union all
    select episode_id, measure_id, scale_id, case when post_day is null then 0 else 1 end as has_pair
    from pairs_category

),

-- a scale gives a score or a category, so that nothing is added up here: PostgreSQL joins what is grouped in one go
baselines as (

    select episode_id, measure_id, scale_id, max(has_pair) as has_pair
    from pairs_of_both_kinds
    group by episode_id, measure_id, scale_id

)

select
    episodes.service_code,
    scales_of_services.measure_id,
    scales_of_services.scale_id,
    episodes.episode_id,
    episodes.person_key,
    1 as is_eligible,
    case when baselines.episode_id is null then 0 else 1 end as has_baseline,
    coalesce(baselines.has_pair, 0) as has_pair,
    coalesce(episodes.end_day, settings.data_end_day) - episodes.start_day as days_open
from episodes
cross join settings
join scales_of_services
    on scales_of_services.service_code = episodes.service_code
join int_measures_started
    on int_measures_started.service_code = episodes.service_code
    and int_measures_started.measure_id = scales_of_services.measure_id
left join baselines
    on baselines.episode_id = episodes.episode_id
    and baselines.measure_id = scales_of_services.measure_id
    and baselines.scale_id = scales_of_services.scale_id
where baselines.episode_id is not null
    or episodes.start_day >= int_measures_started.start_day - settings.assessment_days_before_start
