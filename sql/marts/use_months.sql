-- One row per service, event type that was supplied for it, and calendar month in which anybody who had joined was followed
-- (int_people_followed). month: YYYY-MM. events: uses that began in it; n_users: the people who had them.
-- person_days: days followed, by n_people. A month of no events is 0, not missing.
with

days_of_months as (

    select
        int_people_followed.service_code,
        calendar_month.first_day,
        calendar_month.month,
        count(*) as n_people,
        sum(
            case when int_people_followed.to_day < calendar_month.next_day then int_people_followed.to_day else calendar_month.next_day end
            - case when int_people_followed.from_day > calendar_month.first_day then int_people_followed.from_day else calendar_month.first_day end
        ) as person_days
    from int_people_followed
    join calendar_month
        on calendar_month.next_day > int_people_followed.from_day
        and calendar_month.first_day < int_people_followed.to_day
    group by int_people_followed.service_code, calendar_month.first_day, calendar_month.month

),

events_of_months as (

    select
        int_events_followed.service_code,
        int_events_followed.event_type,
        calendar_month.first_day,
        count(*) as events,
        count(distinct int_events_followed.person_key) as n_users
    from int_events_followed
    join calendar_month
        on calendar_month.first_day <= int_events_followed.event_day
        and calendar_month.next_day > int_events_followed.event_day
    group by int_events_followed.service_code, int_events_followed.event_type, calendar_month.first_day

)

select
    days_of_months.service_code,
    usage_coverage.event_type,
    days_of_months.month,
    cast(coalesce(events_of_months.events, 0) as integer) as events,
    cast(coalesce(events_of_months.n_users, 0) as integer) as n_users,
    cast(days_of_months.person_days as integer) as person_days,
    cast(days_of_months.n_people as integer) as n_people
from days_of_months
join usage_coverage
    on usage_coverage.service_code = days_of_months.service_code
left join events_of_months
    on events_of_months.service_code = days_of_months.service_code
    and events_of_months.event_type = usage_coverage.event_type
    and events_of_months.first_day = days_of_months.first_day
