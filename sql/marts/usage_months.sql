-- One row per service, event type that was supplied for it, and month from joining: -12 … -1 before, 0 … 11 after (0 is the
-- first month). Events and days inside the people's windows only. n_people: those with at least one such day.
with

months_of_services as (

    select
        usage_coverage.service_code,
        usage_coverage.event_type,
        int_person_months.month_offset,
        sum(int_person_months.person_days) as person_days,
        sum(case when int_person_months.person_days > 0 then 1 else 0 end) as n_people
    from int_person_months
    join usage_coverage
        on usage_coverage.service_code = int_person_months.service_code
    group by usage_coverage.service_code, usage_coverage.event_type, int_person_months.month_offset

),

events_counted as (

    select service_code, event_type, month_offset, sum(events) as events
    from int_use_by_month
    where month_offset between -12 and 11
    group by service_code, event_type, month_offset

)

select
    months_of_services.service_code,
    months_of_services.event_type,
    months_of_services.month_offset,
    cast(coalesce(events_counted.events, 0) as integer) as events,
    cast(months_of_services.person_days as integer) as person_days,
    cast(months_of_services.n_people as integer) as n_people
from months_of_services
left join events_counted
    on events_counted.service_code = months_of_services.service_code
    and events_counted.event_type = months_of_services.event_type
    and events_counted.month_offset = months_of_services.month_offset
