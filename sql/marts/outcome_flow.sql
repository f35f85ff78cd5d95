-- One row per service, measure, scale and team: how many episodes reached each stage. Follow-ups are in follow_ups.
-- n_eligible, n_entry: as outcome_funnel counts them, from the day on which the measure came into use.
-- n_later: of n_entry, with any later comparable score of the episode (a review or the end).
-- n_ended: of n_entry, whose episode ended. n_end: of n_ended, with a score near the end.
-- n_ended is not a part of n_later: the flow parts after the entry. team null: not recorded.
-- index: service_code, measure_id, scale_id
with

later_scores as (

    select
        episode_id,
        measure_id,
        scale_id,
        max(case when timepoint = 'end' then 1 else 0 end) as has_end
    from outcome_timepoints
    where timepoint in ('review', 'end')
    group by episode_id, measure_id, scale_id

)

select
    outcome_funnel.service_code,
    outcome_funnel.measure_id,
    outcome_funnel.scale_id,
    int_episodes.team,
    cast(count(*) as integer) as n_eligible,
    cast(sum(outcome_funnel.has_baseline) as integer) as n_entry,
    cast(count(later_scores.episode_id) as integer) as n_later,
    cast(
        sum(case when int_episodes.end_day is null then 0 else outcome_funnel.has_baseline end) as integer
    ) as n_ended,
    cast(sum(coalesce(later_scores.has_end, 0)) as integer) as n_end
from outcome_funnel
join int_episodes
    on int_episodes.episode_id = outcome_funnel.episode_id
left join later_scores
    on later_scores.episode_id = outcome_funnel.episode_id
    and later_scores.measure_id = outcome_funnel.measure_id
    and later_scores.scale_id = outcome_funnel.scale_id
group by
    outcome_funnel.service_code,
    outcome_funnel.measure_id,
    outcome_funnel.scale_id,
    int_episodes.team
