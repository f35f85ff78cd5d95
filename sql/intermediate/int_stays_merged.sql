-- One row per unbroken run of days in hospital of a person and event type: [start_day, end_day), the discharge day not
-- counted. Stays that overlap are one run, so that no day is counted twice. A stay still open runs to the last day of the data.
-- A stay that ended on the day it began spends no night and is not here.
-- index: person_key, event_type, start_day
with

stays as (

    select
        int_events_resolved.person_key,
        int_events_resolved.event_type,
        int_events_resolved.event_id,
        int_events_resolved.start_day,
        coalesce(int_events_resolved.end_day, settings.data_end_day + 1) as end_day
    from int_events_resolved
    cross join settings
    where int_events_resolved.event_type in (
        'admission_mental_health', 'admission_out_of_area', 'admission_physical_health'
    )

),

with_furthest_end_before as (

    select
        *,
        max(end_day) over (
            partition by person_key, event_type
            order by start_day, event_id
            rows between unbounded preceding and 1 preceding
        ) as furthest_end_before
    from stays
    where end_day > start_day

),

runs_numbered as (

    select
        person_key,
        event_type,
        start_day,
        end_day,
        sum(case when start_day <= furthest_end_before then 0 else 1 end) over (
            partition by person_key, event_type
            order by start_day, event_id
            rows between unbounded preceding and current row
        ) as nth_run
    from with_furthest_end_before

)

select
    person_key,
    event_type,
    cast(min(start_day) as integer) as start_day,
    cast(max(end_day) as integer) as end_day
from runs_numbered
group by person_key, event_type, nth_run
