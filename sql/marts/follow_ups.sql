-- One row per episode that ended, measure and scale with an entry score, and follow-up point: what is known of it then.
-- status: the first that applies. scored; died, moved (on or before the last day that a score could have been on);
-- in_care_again (a later episode of the person in the service started by then); not_due (that day is after the end of the data);
-- missing: a score was due, and there is none.
-- end_score null: no score near the end. follow_up_* null unless scored. target_day: the end, so many calendar months later.
-- index: service_code, measure_id, scale_id
with

ends as (

    select episode_id, measure_id, scale_id, score as end_score
    from outcome_timepoints
    where timepoint = 'end'

),

followed as (

    select episode_id, measure_id, scale_id, follow_up_months, score, assessed_date, days_from_target
    from outcome_timepoints
    where timepoint = 'follow_up'

),

asked as (

    select
        int_episodes.episode_id,
        int_episodes.person_key,
        int_episodes.service_code,
        int_episodes.team,
        int_episodes.end_day,
        follow_up_point.follow_up_months,
        month_edge.edge_day as target_day,
        month_edge.edge_day + follow_up_point.tolerance_days as last_day
    from int_episodes
    join month_edge
        on month_edge.index_day = int_episodes.end_day
    join follow_up_point
        on follow_up_point.follow_up_months = month_edge.month_offset

),

asked_with_return as (

    select
        asked.episode_id,
        asked.person_key,
        asked.service_code,
        asked.team,
        asked.follow_up_months,
        asked.target_day,
        asked.last_day,
        max(case when later_episodes.episode_id is null then 0 else 1 end) as is_in_care_again
    from asked
    left join int_episodes as later_episodes
        on later_episodes.person_key = asked.person_key
        and later_episodes.service_code = asked.service_code
        and later_episodes.start_day > asked.end_day
        and later_episodes.start_day <= asked.last_day
    group by
        asked.episode_id,
        asked.person_key,
        asked.service_code,
        asked.team,
        asked.follow_up_months,
        asked.target_day,
        asked.last_day

)

select
    pairs_own.episode_id,
    pairs_own.person_key,
    pairs_own.service_code,
    asked_with_return.team,
    pairs_own.measure_id,
    pairs_own.scale_id,
    asked_with_return.follow_up_months,
    asked_with_return.target_day,
    pairs_own.pre_score as entry_score,
    ends.end_score,
    followed.score as follow_up_score,
    followed.assessed_date as follow_up_date,
    followed.days_from_target,
    case
        when followed.episode_id is not null then 'scored'
        when persons.death_day <= asked_with_return.last_day then 'died'
        when persons.moved_day <= asked_with_return.last_day then 'moved'
        when asked_with_return.is_in_care_again = 1 then 'in_care_again'
        when asked_with_return.last_day > settings.data_end_day then 'not_due'
        else 'missing'
    end as status
from pairs_own
cross join settings
join asked_with_return
    on asked_with_return.episode_id = pairs_own.episode_id
join persons
    on persons.person_key = pairs_own.person_key
left join ends
    on ends.episode_id = pairs_own.episode_id
    and ends.measure_id = pairs_own.measure_id
    and ends.scale_id = pairs_own.scale_id
left join followed
    on followed.episode_id = pairs_own.episode_id
    and followed.measure_id = pairs_own.measure_id
    and followed.scale_id = pairs_own.scale_id
    and followed.follow_up_months = asked_with_return.follow_up_months
