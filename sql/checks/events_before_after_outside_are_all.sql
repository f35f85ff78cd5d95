-- People and event types whose events before, after and outside the windows are not all their events.
with

events_sorted as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        int_events_resolved.event_type,
        count(*) as n_events,
        sum(
            case
                when int_events_resolved.start_day < usage_windows.before_start_day then 1
                when int_events_resolved.start_day >= usage_windows.after_end_day then 1
                else 0
            end
        ) as n_outside
    from usage_windows
    join int_events_resolved
        on int_events_resolved.person_key = usage_windows.person_key
    group by usage_windows.person_key, usage_windows.service_code, int_events_resolved.event_type

)

select usage_person.person_key, usage_person.service_code, usage_person.event_type
from usage_person
left join events_sorted
    on events_sorted.person_key = usage_person.person_key
    and events_sorted.service_code = usage_person.service_code
    and events_sorted.event_type = usage_person.event_type
where usage_person.events_before + usage_person.events_after + coalesce(events_sorted.n_outside, 0)
    <> coalesce(events_sorted.n_events, 0)
