-- One row per row of usage_person and number of months (0, 1, 3, 6) just before joining that are left out of before: people
-- join when things are at their worst, so a fall may be nothing but that. After is unchanged.
-- index: service_code, event_type, excluded_months
with

choices as (

    select 0 as excluded_months
    union all
    select 1 as excluded_months
    union all
    select 3 as excluded_months
    union all
    select 6 as excluded_months

),

shortened_windows as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        choices.excluded_months,
        usage_windows.before_start_day,
        case
            when month_edge.edge_day < usage_windows.before_start_day then usage_windows.before_start_day
            else month_edge.edge_day
        end as before_end_day
    from usage_windows
    cross join choices
    join month_edge
        on month_edge.index_day = usage_windows.index_day
        and month_edge.month_offset = -choices.excluded_months

),

events_counted as (

    select
        int_use_by_month.person_key,
        int_use_by_month.service_code,
        choices.excluded_months,
        int_use_by_month.event_type,
        sum(int_use_by_month.events) as events_before
    from int_use_by_month
    cross join choices
    where int_use_by_month.month_offset < -choices.excluded_months
    group by
        int_use_by_month.person_key,
        int_use_by_month.service_code,
        choices.excluded_months,
        int_use_by_month.event_type

)

select
    usage_person.person_key,
    usage_person.service_code,
    usage_person.event_type,
    cast(shortened_windows.excluded_months as integer) as excluded_months,
    shortened_windows.before_end_day - shortened_windows.before_start_day as days_before,
    usage_person.days_after,
    cast(coalesce(events_counted.events_before, 0) as integer) as events_before,
    usage_person.events_after
from usage_person
join shortened_windows
    on shortened_windows.person_key = usage_person.person_key
    and shortened_windows.service_code = usage_person.service_code
left join events_counted
    on events_counted.person_key = usage_person.person_key
    and events_counted.service_code = usage_person.service_code
    and events_counted.excluded_months = shortened_windows.excluded_months
    and events_counted.event_type = usage_person.event_type
