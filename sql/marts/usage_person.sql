-- One row per person and service with an index day, and event type that was supplied for the service.
-- A type that was not supplied has no row: it is unknown, not zero. What overlaps another event is counted once (int_events_merged).
-- A stay is counted on its first day; its bed days are
-- split between before and after by day. Bed days of what is not a stay are 0.
-- index: service_code, event_type
-- index: person_key, service_code, event_type
with

people_and_types as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        usage_windows.index_day,
        usage_windows.before_start_day,
        usage_windows.after_end_day,
        usage_windows.days_before,
        usage_windows.days_after,
        usage_coverage.event_type
    from usage_windows
    join usage_coverage
        on usage_coverage.service_code = usage_windows.service_code

),

events_counted as (

    select
        person_key,
        service_code,
        event_type,
        sum(case when month_offset < 0 then events else 0 end) as events_before,
        sum(case when month_offset >= 0 then events else 0 end) as events_after
    from int_use_by_month
    group by person_key, service_code, event_type

),

stays_split as (

    select
        people_and_types.person_key,
        people_and_types.service_code,
        people_and_types.event_type,
        case when stays.end_day < people_and_types.index_day then stays.end_day else people_and_types.index_day end
        - case
            when stays.start_day > people_and_types.before_start_day then stays.start_day
            else people_and_types.before_start_day
        end as days_before,
        case
            when stays.end_day < people_and_types.after_end_day then stays.end_day
            else people_and_types.after_end_day
        end
        - case when stays.start_day > people_and_types.index_day then stays.start_day else people_and_types.index_day end
        as days_after
    from people_and_types
    join int_stays_merged as stays
        on stays.person_key = people_and_types.person_key
        and stays.event_type = people_and_types.event_type
        and stays.start_day < people_and_types.after_end_day
        and stays.end_day > people_and_types.before_start_day

),

bed_days_added_up as (

    select
        person_key,
        service_code,
        event_type,
        sum(case when days_before > 0 then days_before else 0 end) as bed_days_before,
        sum(case when days_after > 0 then days_after else 0 end) as bed_days_after
    from stays_split
    group by person_key, service_code, event_type

)

select
    people_and_types.person_key,
    people_and_types.service_code,
    people_and_types.event_type,
    people_and_types.days_before,
    people_and_types.days_after,
    cast(coalesce(events_counted.events_before, 0) as integer) as events_before,
    cast(coalesce(events_counted.events_after, 0) as integer) as events_after,
    cast(coalesce(bed_days_added_up.bed_days_before, 0) as integer) as bed_days_before,
    cast(coalesce(bed_days_added_up.bed_days_after, 0) as integer) as bed_days_after
from people_and_types
left join events_counted
    on events_counted.person_key = people_and_types.person_key
    and events_counted.service_code = people_and_types.service_code
    and events_counted.event_type = people_and_types.event_type
left join bed_days_added_up
    on bed_days_added_up.person_key = people_and_types.person_key
    and bed_days_added_up.service_code = people_and_types.service_code
    and bed_days_added_up.event_type = people_and_types.event_type
