-- Services and event types whose months do not add up to their people's windows, in days or in events (twelve months).
with

months_added_up as (

    select service_code, event_type, sum(events) as events, sum(person_days) as person_days
    from usage_months
    group by service_code, event_type

),

people_added_up as (

    select
        service_code,
        event_type,
        sum(events_before + events_after) as events,
        sum(days_before + days_after) as person_days
    from usage_person
    group by service_code, event_type

)

select people_added_up.service_code, people_added_up.event_type
from people_added_up
cross join settings
left join months_added_up
    on months_added_up.service_code = people_added_up.service_code
    and months_added_up.event_type = people_added_up.event_type
where settings.window_months = 12
    and (
        coalesce(months_added_up.events, -1) <> people_added_up.events
        or coalesce(months_added_up.person_days, -1) <> people_added_up.person_days
    )
