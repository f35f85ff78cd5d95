-- One row per episode: who the person was at its start, and what they were given. What groups and cohorts are made of.
-- Nulls: not recorded. neurodiversity keeps yes, queried, no and unknown apart. age_band is by age_at_start.
-- deprivation_quintile: 1 the most deprived. main_staff_role: int_main_staff_roles. n_attended_contacts null: the service
-- supplied no contacts.
-- index: episode_id
with

services_with_contacts as (

    select service_code
    from int_contacts_placed
    group by service_code

)

select
    episodes.episode_id,
    episodes.person_key,
    episodes.service_code,
    episodes.start_date,
    episodes.pathway,
    episodes.intervention,
    episodes.team,
    case
        when episodes.age_at_start is null then null
        when episodes.age_at_start < 18 then 'under_18'
        when episodes.age_at_start <= 25 then '18_25'
        when episodes.age_at_start <= 39 then '26_39'
        when episodes.age_at_start <= 64 then '40_64'
        else '65_over'
    end as age_band,
    persons.gender,
    persons.ethnic_category,
    cast((persons.deprivation_decile + 1) / 2 as integer) as deprivation_quintile,
    persons.neurodiversity,
    int_main_staff_roles.main_staff_role,
    case when services_with_contacts.service_code is null then null else episodes.n_attended_contacts end
        as n_attended_contacts
from episodes
join persons
    on persons.person_key = episodes.person_key
left join int_main_staff_roles
    on int_main_staff_roles.episode_id = episodes.episode_id
left join services_with_contacts
    on services_with_contacts.service_code = episodes.service_code
