-- One row per service and calendar month with contacts of known people that were kept or missed. month: YYYY-MM. n_missed: the person did not
-- attend. Contacts that either side cancelled, that say nothing of attendance, or that the person was not asked to (indirect) are not here.
-- n_people_attended, n_people_missed: people with such a contact; a person may be in both.
with

kept_or_missed as (

    select
        int_contacts_placed.service_code,
        substr(stg_contacts_current.contact_date, 1, 7) as month,
        int_contacts_placed.attendance,
        int_contacts_placed.person_key
    from int_contacts_placed
    join stg_contacts_current
        on stg_contacts_current.contact_id = int_contacts_placed.contact_id
    where int_contacts_placed.attendance in ('attended', 'did_not_attend')
        and int_contacts_placed.person_key is not null

)

select
    service_code,
    month,
    cast(sum(case when attendance = 'attended' then 1 else 0 end) as integer) as n_attended,
    cast(sum(case when attendance = 'did_not_attend' then 1 else 0 end) as integer) as n_missed,
    cast(count(distinct case when attendance = 'attended' then person_key end) as integer) as n_people_attended,
    cast(count(distinct case when attendance = 'did_not_attend' then person_key end) as integer) as n_people_missed
from kept_or_missed
group by service_code, month
