-- Episodes of one person and service that overlap, or lie so close that they should be one.
with

episodes_with_next as (

    select
        episode_id,
        end_day,
        lead(start_day) over (partition by person_key, service_code order by start_day, episode_id) as next_start_day
    from episodes

)

select episodes_with_next.episode_id
from episodes_with_next
cross join settings
where next_start_day is not null
    and (end_day is null or next_start_day <= end_day + settings.reentry_days)
