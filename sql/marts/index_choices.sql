-- One row per person, service and index event: the event of their first episode that has it, whichever of them the project counts
-- from. Episodes without the event are passed over; a person none of whose episodes has it is not here.
-- index: service_code, index_event, person_key
with

episodes_ranked as (

    select
        *,
        row_number() over (
            partition by person_key, service_code, index_event
            order by start_day, episode_id
        ) as nth
    from int_index_days

)

select person_key, service_code, index_event, episode_id, index_day
from episodes_ranked
where nth = 1
