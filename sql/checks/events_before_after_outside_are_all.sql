-- People and event types whose uses before, after, merged and outside the windows are not all their uses.
with

uses as (

    select person_key, cast(null as text) as service_code, event_type, start_day
    from int_events_resolved

    union all

    select person_key, service_code, event_type, start_day
    from int_contact_uses

),

uses_sorted as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        uses.event_type,
        count(*) as n_uses,
        sum(
            case
                when uses.start_day < usage_windows.before_start_day then 1
                when uses.start_day >= usage_windows.after_end_day then 1
                else 0
            end
        ) as n_outside
    from uses
    join usage_windows
        on usage_windows.person_key = uses.person_key
        and usage_windows.service_code = coalesce(uses.service_code, usage_windows.service_code)
    group by usage_windows.person_key, usage_windows.service_code, uses.event_type

),

merged as (

    select person_key, service_code, event_type, sum(events_merged) as n_merged
    from int_use_by_month
    group by person_key, service_code, event_type

)

select usage_person.person_key, usage_person.service_code, usage_person.event_type
from usage_person
left join uses_sorted
    on uses_sorted.person_key = usage_person.person_key
    and uses_sorted.service_code = usage_person.service_code
    and uses_sorted.event_type = usage_person.event_type
left join merged
    on merged.person_key = usage_person.person_key
    and merged.service_code = usage_person.service_code
    and merged.event_type = usage_person.event_type
where usage_person.events_before + usage_person.events_after
    + coalesce(uses_sorted.n_outside, 0) + coalesce(merged.n_merged, 0)
    <> coalesce(uses_sorted.n_uses, 0)
