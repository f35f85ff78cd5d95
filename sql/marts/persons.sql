-- One row per person: an NHS number, or a local identifier that no record ties to one. Carers are people too; who has opted out is not here.
-- Each fact is the last one that any record states, by submission, then as read; a later blank does not wipe out an earlier answer.
-- Superseded submissions are out. Nulls: not recorded. A person without a record of their own is a patient of whom nothing more is known.
-- index: person_key
with

people as (

    select int_identities_linked.person_key
    from int_identities_linked
    left join int_identities_opted_out
        on int_identities_opted_out.identity_key = int_identities_linked.person_key
    where int_identities_opted_out.identity_key is null
    group by int_identities_linked.person_key

),

records_of_people as (

    select
        cast(coalesce(person_record.nhs_identity_key, int_identities_linked.person_key) as integer) as person_key,
        row_number() over (
            order by coalesce(stg_rows_submitted.submission_order, 0), person_record.person_record_id
        ) as nth_record,
        person_record.person_type,
        person_record.birth_month,
        person_record.gender,
        person_record.ethnic_category,
        case when person_record.neurodiversity <> 'unknown' then person_record.neurodiversity end as neurodiversity,
        person_record.death_day,
        person_record.moved_day,
        person_record.deprivation_decile
    from person_record
    left join int_identities_linked
        on int_identities_linked.identity_key = person_record.local_identity_key
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = person_record.file_id
        and stg_rows_submitted.row_number = person_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

last_records_that_state_a_fact as (

    select
        person_key,
        max(case when person_type = 'patient' then 1 else 0 end) as is_patient,
        max(case when birth_month is not null then nth_record end) as birth_month_from,
        max(case when gender is not null then nth_record end) as gender_from,
        max(case when ethnic_category is not null then nth_record end) as ethnic_category_from,
        max(case when neurodiversity is not null then nth_record end) as neurodiversity_from,
        max(case when death_day is not null then nth_record end) as death_day_from,
        max(case when moved_day is not null then nth_record end) as moved_day_from,
        max(case when deprivation_decile is not null then nth_record end) as deprivation_decile_from
    from records_of_people
    group by person_key

),

facts_of_people as (

    select
        records_of_people.person_key,
        max(last_records.is_patient) as is_patient,
        max(case when nth_record = birth_month_from then birth_month end) as birth_month,
        max(case when nth_record = gender_from then gender end) as gender,
        max(case when nth_record = ethnic_category_from then ethnic_category end) as ethnic_category,
        max(case when nth_record = neurodiversity_from then neurodiversity end) as neurodiversity,
        max(case when nth_record = death_day_from then death_day end) as death_day,
        max(case when nth_record = moved_day_from then moved_day end) as moved_day,
        max(case when nth_record = deprivation_decile_from then deprivation_decile end) as deprivation_decile
    from records_of_people
    join last_records_that_state_a_fact as last_records
        on last_records.person_key = records_of_people.person_key
    group by records_of_people.person_key

)

select
    people.person_key,
    case when facts_of_people.is_patient = 0 then 'carer' else 'patient' end as person_type,
    facts_of_people.birth_month,
    facts_of_people.gender,
    facts_of_people.ethnic_category,
    coalesce(facts_of_people.neurodiversity, 'unknown') as neurodiversity,
    facts_of_people.death_day,
    facts_of_people.moved_day,
    facts_of_people.deprivation_decile
from people
left join facts_of_people
    on facts_of_people.person_key = people.person_key
