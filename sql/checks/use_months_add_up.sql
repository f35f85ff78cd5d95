-- Services and event types whose events or days, month by month, are not those of the people followed.
with

months as (

    select service_code, event_type, sum(events) as events, sum(person_days) as person_days
    from use_months
    group by service_code, event_type

),

days as (

    select service_code, sum(to_day - from_day) as person_days
    from int_people_followed
    group by service_code

),

events as (

    select service_code, event_type, count(*) as events
    from int_events_followed
    group by service_code, event_type

)

select usage_coverage.service_code, usage_coverage.event_type
from usage_coverage
left join months
    on months.service_code = usage_coverage.service_code
    and months.event_type = usage_coverage.event_type
left join days
    on days.service_code = usage_coverage.service_code
left join events
    on events.service_code = usage_coverage.service_code
    and events.event_type = usage_coverage.event_type
where coalesce(months.events, 0) <> coalesce(events.events, 0)
    or coalesce(months.person_days, 0) <> coalesce(days.person_days, 0)
