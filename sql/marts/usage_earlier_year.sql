-- One row per row of usage_person whose time before the before window could be seen: as many calendar months again, from
-- twice window_months to window_months before the index day (-24 … -13 where the window is twelve). People are not chosen
-- by it where they are chosen by the window just before joining. No row where nobody says when recording began
-- (settings.data_start_day), or it began later: what was not recorded is unknown, not zero. days_earlier is above 0.
-- index: service_code, event_type
with

earlier_windows as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        case
            when settings.data_start_day > earlier_starts.edge_day then settings.data_start_day
            else earlier_starts.edge_day
        end as start_day,
        earlier_ends.edge_day as end_day
    from usage_windows
    cross join settings
    join month_edge as earlier_starts
        on earlier_starts.index_day = usage_windows.index_day
        and earlier_starts.month_offset = -2 * settings.window_months
    join month_edge as earlier_ends
        on earlier_ends.index_day = usage_windows.index_day
        and earlier_ends.month_offset = -settings.window_months
    where settings.data_start_day < earlier_ends.edge_day

),

uses_counted as (

    select
        earlier_windows.person_key,
        earlier_windows.service_code,
        int_events_resolved.event_type
    from earlier_windows
    join int_events_resolved
        on int_events_resolved.person_key = earlier_windows.person_key
        and int_events_resolved.start_day >= earlier_windows.start_day
        and int_events_resolved.start_day < earlier_windows.end_day
    left join int_events_merged
        on int_events_merged.event_id = int_events_resolved.event_id
        and int_events_merged.service_code = earlier_windows.service_code
    where int_events_merged.event_id is null

    union all

    select
        earlier_windows.person_key,
        earlier_windows.service_code,
        int_contact_uses.event_type
    from earlier_windows
    join int_contact_uses
        on int_contact_uses.person_key = earlier_windows.person_key
        and int_contact_uses.service_code = earlier_windows.service_code
        and int_contact_uses.start_day >= earlier_windows.start_day
        and int_contact_uses.start_day < earlier_windows.end_day

),

events_counted as (

    select person_key, service_code, event_type, count(*) as events_earlier
    from uses_counted
    group by person_key, service_code, event_type

)

select
    usage_person.person_key,
    usage_person.service_code,
    usage_person.event_type,
    earlier_windows.end_day - earlier_windows.start_day as days_earlier,
    usage_person.days_after,
    cast(coalesce(events_counted.events_earlier, 0) as integer) as events_earlier,
    usage_person.events_after
from usage_person
join earlier_windows
    on earlier_windows.person_key = usage_person.person_key
    and earlier_windows.service_code = usage_person.service_code
left join events_counted
    on events_counted.person_key = usage_person.person_key
    and events_counted.service_code = usage_person.service_code
    and events_counted.event_type = usage_person.event_type
