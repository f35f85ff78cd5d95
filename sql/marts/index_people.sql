-- One row per person and service with an index day: the index event (settings.index_event) of their first episode that
-- has one. Episodes without the event are passed over; a person none of whose episodes has it is not here.
-- index: person_key, service_code
select
    index_choices.person_key,
    index_choices.service_code,
    index_choices.episode_id,
    index_choices.index_day,
    episodes.referral_day,
    episodes.first_contact_day
from settings
cross join index_choices
join episodes
    on episodes.episode_id = index_choices.episode_id
where index_choices.index_event = settings.index_event
