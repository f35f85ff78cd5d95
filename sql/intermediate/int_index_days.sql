-- One row per episode and index event that it has: the day that may part before from after.
-- referral: the referral. self_referral: the referral, where its source says that the person came by themselves. first_contact: as the
-- referral records it, else the first attended contact. first_attendance: the first attended contact. start: the attended contact that
-- settings.start_contact names (the second, where the first is an assessment).
-- index: person_key, service_code
with

attended_contacts as (

    select
        episode_id,
        contact_day,
        row_number() over (partition by episode_id order by contact_day, contact_id) as nth
    from int_contacts_placed
    where episode_id is not null and is_attended = 1

)

select person_key, service_code, episode_id, start_day, cast('referral' as text) as index_event, referral_day as index_day
from episodes
where referral_day is not null

union all

select
    episodes.person_key,
    episodes.service_code,
    episodes.episode_id,
    episodes.start_day,
    'self_referral' as index_event,
    episodes.referral_day as index_day
from episodes
join int_referrals_resolved
    on int_referrals_resolved.referral_record_id = episodes.episode_id
join self_referral_source
    on self_referral_source.recorded_as = lower(int_referrals_resolved.referral_source)

union all

select person_key, service_code, episode_id, start_day, 'first_contact' as index_event, first_contact_day as index_day
from episodes
where first_contact_day is not null

union all

select
    episodes.person_key,
    episodes.service_code,
    episodes.episode_id,
    episodes.start_day,
    'first_attendance' as index_event,
    attended_contacts.contact_day as index_day
from attended_contacts
join episodes
    on episodes.episode_id = attended_contacts.episode_id
where attended_contacts.nth = 1

union all

select
    episodes.person_key,
    episodes.service_code,
    episodes.episode_id,
    episodes.start_day,
    'start' as index_event,
    attended_contacts.contact_day as index_day
from attended_contacts
cross join settings
join episodes
    on episodes.episode_id = attended_contacts.episode_id
where attended_contacts.nth = settings.start_contact
