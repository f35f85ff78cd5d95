-- One row per service, measure in use there, team and month in which episodes started: how many could have been measured, how
-- many have a first score that can be used, and how many two. Whichever scale of the measure has them.
-- Counted from the day the measure started (int_measures_started), as the funnel counts: outcome_funnel.
-- start_month: YYYY-MM. team null: not recorded. An episode's team is its first referral's.
with

baselines as (

    select episode_id, measure_id, post_day
    from pairs_own
    union all
    select episode_id, measure_id, post_day
    from pairs_category

),

measured_episodes as (

    select
        episode_id,
        measure_id,
        max(case when post_day is null then 0 else 1 end) as has_pair
    from baselines
    group by episode_id, measure_id

)

select
    episodes.service_code,
    int_measures_started.measure_id,
    episodes.team,
    substr(episodes.start_date, 1, 7) as start_month,
    cast(count(*) as integer) as n_eligible,
    cast(count(measured_episodes.episode_id) as integer) as n_first,
    cast(sum(coalesce(measured_episodes.has_pair, 0)) as integer) as n_two
from episodes
cross join settings
join int_measures_started
    on int_measures_started.service_code = episodes.service_code
left join measured_episodes
    on measured_episodes.episode_id = episodes.episode_id
    and measured_episodes.measure_id = int_measures_started.measure_id
where measured_episodes.episode_id is not null
    or episodes.start_day >= int_measures_started.start_day - settings.assessment_days_before_start
group by
    episodes.service_code,
    int_measures_started.measure_id,
    episodes.team,
    substr(episodes.start_date, 1, 7)
