-- One row per person, service, event type that was supplied for it, and month from joining (-1: the last before; 0: the first after)
-- in which anything happened inside the person's windows. events: counted; events_merged: not counted, because another tells of the same
-- (int_events_merged). Both on their first day. A month without a row had none.
-- An event's month from joining is told by the calendar months between, less one where the day of the month is not yet reached; a month
-- too short to have the joining day begins on its last.
-- index: service_code, event_type, person_key
with

uses_in_windows as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        usage_windows.index_day,
        int_events_resolved.event_type,
        int_events_resolved.start_day,
        case when int_events_merged.event_id is null then 0 else 1 end as is_merged
    from int_events_resolved
    join usage_windows
        on usage_windows.person_key = int_events_resolved.person_key
        and int_events_resolved.start_day >= usage_windows.before_start_day
        and int_events_resolved.start_day < usage_windows.after_end_day
    join usage_coverage
        on usage_coverage.service_code = usage_windows.service_code
        and usage_coverage.event_type = int_events_resolved.event_type
    left join int_events_merged
        on int_events_merged.event_id = int_events_resolved.event_id
        and int_events_merged.service_code = usage_windows.service_code

    union all

    select
        usage_windows.person_key,
        usage_windows.service_code,
        usage_windows.index_day,
        int_contact_uses.event_type,
        int_contact_uses.start_day,
        0 as is_merged
    from int_contact_uses
    join usage_windows
        on usage_windows.person_key = int_contact_uses.person_key
        and usage_windows.service_code = int_contact_uses.service_code
        and int_contact_uses.start_day >= usage_windows.before_start_day
        and int_contact_uses.start_day < usage_windows.after_end_day

),

uses_with_months as (

    select
        uses_in_windows.person_key,
        uses_in_windows.service_code,
        uses_in_windows.event_type,
        use_days.month_number - index_days.month_number
        - case
            when use_days.day_of_month >= index_days.day_of_month then 0
            when use_days.day_of_month >= use_days.days_in_month then 0
            else 1
        end as month_offset,
        uses_in_windows.is_merged
    from uses_in_windows
    join calendar_day as use_days
        on use_days.day = uses_in_windows.start_day
    join calendar_day as index_days
        on index_days.day = uses_in_windows.index_day

)

select
    person_key,
    service_code,
    event_type,
    cast(month_offset as integer) as month_offset,
    cast(sum(1 - is_merged) as integer) as events,
    cast(sum(is_merged) as integer) as events_merged
from uses_with_months
group by person_key, service_code, event_type, month_offset
