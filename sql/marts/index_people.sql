-- One row per person and service with an index day: the index event (settings.index_event) of their first episode that
-- has one. Episodes without the event are passed over; a person none of whose episodes has it is not here.
-- index: person_key, service_code
with

episodes_with_index_event as (

    select
        episodes.person_key,
        episodes.service_code,
        episodes.episode_id,
        episodes.start_day,
        episodes.referral_day,
        episodes.first_contact_day,
        case
            when settings.index_event = 'first_contact' then episodes.first_contact_day
            else episodes.referral_day
        end as index_day
    from episodes
    cross join settings

),

episodes_ranked as (

    select
        *,
        row_number() over (partition by person_key, service_code order by start_day, episode_id) as nth
    from episodes_with_index_event
    where index_day is not null

)

select person_key, service_code, episode_id, index_day, referral_day, first_contact_day
from episodes_ranked
where nth = 1
