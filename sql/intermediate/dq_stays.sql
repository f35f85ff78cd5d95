-- One row per stay in hospital that begins before an earlier one of the same person has ended: mental health stays, near home or
-- out of area, together; general hospital stays by themselves. int_stays_merged counts the days of such stays once within a type.
with

stays as (

    select
        int_events_resolved.event_id,
        int_events_resolved.person_key,
        int_events_resolved.start_day,
        coalesce(int_events_resolved.end_day, settings.data_end_day + 1) as end_day,
        case when int_events_resolved.event_type = 'admission_physical_health' then 1 else 0 end as is_physical
    from int_events_resolved
    cross join settings
    where int_events_resolved.event_type in (
        'admission_mental_health', 'admission_out_of_area', 'admission_physical_health'
    )

),

with_furthest_end_before as (

    select
        event_id,
        start_day,
        max(end_day) over (
            partition by person_key, is_physical
            order by start_day, event_id
            rows between unbounded preceding and 1 preceding
        ) as furthest_end_before
    from stays

)

select event_id
from with_furthest_end_before
where start_day < furthest_end_before
