-- One row per use of another service by a known person. end_day is null for a stay still open, and for what is not a stay.
-- Later extracts send a stay again, now with its end: of the copies that agree on person, type, reference and first day,
-- the last one read is kept. An event without a reference is taken as it is.
-- index: person_key, event_type, start_day
with

events_of_people as (

    select
        service_event.event_id,
        cast(coalesce(service_event.nhs_identity_key, int_identities_linked.person_key) as integer) as person_key,
        service_event.file_id,
        service_event.row_number,
        service_event.event_ref,
        service_event.event_type,
        service_event.start_day,
        service_event.end_day
    from service_event
    left join int_identities_linked
        on int_identities_linked.identity_key = service_event.local_identity_key

),

copies_ranked as (

    select
        *,
        row_number() over (
            partition by person_key, event_type, event_ref, start_day
            order by file_id desc, row_number desc, event_id desc
        ) as nth_latest
    from events_of_people
    where person_key is not null

)

select event_id, person_key, event_type, start_day, end_day
from copies_ranked
where event_ref is null or nth_latest = 1
