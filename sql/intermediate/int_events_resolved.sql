-- One row per use of another service by a known person. end_day is null for a stay still open, and for what is not a stay.
-- An event that names no person is its referral's person's.
-- Later extracts send a stay again, now with its end: of the copies that agree on person, type, reference and first day, the one of
-- the latest submission is kept, else the last read. Where the files say which submission they came in, the first day may be
-- corrected too. An event without a reference is taken as it is. Superseded submissions are out.
-- The parts of an event (ward stays or episodes of a spell) are left out where the event itself was loaded; else they make it up:
-- from the first start to the last end, open while any part is. A spell with any mental health part is a mental health admission.
-- index: person_key, event_type, start_day
with

people_of_referrals as (

    select
        referral_ref,
        min(person_key) as person_key
    from int_referrals_resolved
    where referral_ref is not null and person_key is not null
    group by referral_ref
    having min(person_key) = max(person_key)

),

events_of_people as (

    select
        service_event.event_id,
        cast(
            coalesce(
                service_event.nhs_identity_key,
                int_identities_linked.person_key,
                people_of_referrals.person_key
            ) as integer
        ) as person_key,
        service_event.file_id,
        service_event.row_number,
        service_event.event_ref,
        service_event.part_ref,
        service_event.event_type,
        service_event.start_day,
        service_event.end_day,
        coalesce(stg_rows_submitted.submission_order, 0) as submission_order
    from service_event
    left join int_identities_linked
        on int_identities_linked.identity_key = service_event.local_identity_key
    left join people_of_referrals
        on people_of_referrals.referral_ref = service_event.referral_ref
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = service_event.file_id
        and stg_rows_submitted.row_number = service_event.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

copies_ranked as (

    select
        *,
        row_number() over (
            partition by
                person_key,
                case when part_ref is null then event_type end,
                event_ref,
                part_ref,
                case when submission_order = 0 then start_day else 0 end
            order by
                submission_order desc,
                file_id desc,
                row_number desc,
                event_id desc
        ) as nth_latest
    from events_of_people
    where person_key is not null

),

current_events as (

    select *
    from copies_ranked
    where event_ref is null or nth_latest = 1

),

whole_events as (

    select
        person_key,
        event_ref
    from current_events
    where part_ref is null and event_ref is not null
    group by person_key, event_ref

)

select
    event_id,
    person_key,
    event_type,
    start_day,
    end_day
from current_events
where part_ref is null

union all

select
    cast(min(current_events.event_id) as integer) as event_id,
    current_events.person_key,
    -- of the stays' types the mental health one sorts first
    cast(min(current_events.event_type) as text) as event_type,
    cast(min(current_events.start_day) as integer) as start_day,
    cast(
        case when count(current_events.end_day) = count(*) then max(current_events.end_day) end as integer
    ) as end_day
from current_events
left join whole_events
    on whole_events.person_key = current_events.person_key
    and whole_events.event_ref = current_events.event_ref
where current_events.part_ref is not null and whole_events.event_ref is null
group by current_events.person_key, current_events.event_ref
