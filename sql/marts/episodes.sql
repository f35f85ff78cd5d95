-- One row per episode of care: a patient's time with a service, from referral to the discharge that is not followed by
-- a re-entry within reentry_days. episode_id is the first referral's; negative where no referral was supplied.
-- Pathway, intervention and team are the first referral's. end_day null: open. referral_day null: no referral supplied.
-- first_contact_day: as the referrals record it, else the first attended contact; null: not seen, or not recorded.
-- age_at_start: as recorded at referral, else from the month of birth (a birthday counts from the first of its month).
-- n_contacts leaves out work done for the person without them (indirect).
-- index: episode_id
-- index: person_key, service_code, start_day
with

contacts_counted as (

    select
        episode_id,
        cast(count(*) as integer) as n_contacts,
        cast(sum(is_attended) as integer) as n_attended_contacts,
        min(case when is_attended = 1 then contact_day end) as first_attended_day
    from int_contacts_placed
    where episode_id is not null and attendance <> 'indirect'
    group by episode_id

)

select
    int_episodes.episode_id,
    int_episodes.person_key,
    int_episodes.service_code,
    int_episodes.pathway,
    int_episodes.intervention,
    int_episodes.team,
    int_episodes.start_day,
    int_episodes.start_date,
    int_episodes.referral_day,
    coalesce(int_episodes.recorded_first_contact_day, contacts_counted.first_attended_day) as first_contact_day,
    int_episodes.end_day,
    int_episodes.end_date,
    int_episodes.discharge_reason,
    int_episodes.n_referrals,
    coalesce(
        int_episodes.age_at_referral,
        cast(substr(int_episodes.start_date, 1, 4) as integer)
        - cast(substr(persons.birth_month, 1, 4) as integer)
        - case when substr(int_episodes.start_date, 6, 2) < substr(persons.birth_month, 6, 2) then 1 else 0 end
    ) as age_at_start,
    coalesce(contacts_counted.n_contacts, 0) as n_contacts,
    coalesce(contacts_counted.n_attended_contacts, 0) as n_attended_contacts
from int_episodes
join persons
    on persons.person_key = int_episodes.person_key
left join contacts_counted
    on contacts_counted.episode_id = int_episodes.episode_id
