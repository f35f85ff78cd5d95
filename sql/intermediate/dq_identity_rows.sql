-- One row per loaded record that stands, and rule of cross-checking identities that it has a part in. The rules: src/store/quality-rules.ts.
with

records_of_people as (

    select
        person_record.file_id,
        person_record.row_number,
        person_record.birth_month,
        coalesce(person_record.nhs_identity_key, int_identities_linked.person_key) as person_key
    from person_record
    left join int_identities_linked
        on int_identities_linked.identity_key = person_record.local_identity_key
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = person_record.file_id
        and stg_rows_submitted.row_number = person_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

birth_months_of_people as (

    select
        file_id,
        row_number,
        min(birth_month) over (partition by person_key) as first_birth_month,
        max(birth_month) over (partition by person_key) as last_birth_month
    from records_of_people
    where birth_month is not null

),

records_with_both_identifiers as (

    select file_id, row_number, local_identity_key
    from person_record
    where nhs_identity_key is not null and local_identity_key is not null
    union all
    select file_id, row_number, local_identity_key
    from referral_record
    where nhs_identity_key is not null and local_identity_key is not null
    union all
    select file_id, row_number, local_identity_key
    from contact_record
    where nhs_identity_key is not null and local_identity_key is not null
    union all
    select file_id, row_number, local_identity_key
    from assessment_record
    where nhs_identity_key is not null and local_identity_key is not null
    union all
    select file_id, row_number, local_identity_key
    from service_event
    where nhs_identity_key is not null and local_identity_key is not null
    union all
    select file_id, row_number, local_identity_key
    from cluster_record
    where nhs_identity_key is not null and local_identity_key is not null
    union all
    select file_id, row_number, local_identity_key
    from risk_rating_record
    where nhs_identity_key is not null and local_identity_key is not null

)

select 'birth_dates_differ' as rule_code, file_id, row_number
from birth_months_of_people
where first_birth_month <> last_birth_month
group by file_id, row_number

union all

select
    'local_id_with_two_nhs_numbers' as rule_code,
    records_with_both_identifiers.file_id,
    records_with_both_identifiers.row_number
from records_with_both_identifiers
join int_identity_conflicts
    on int_identity_conflicts.local_identity_key = records_with_both_identifiers.local_identity_key
left join stg_rows_submitted
    on stg_rows_submitted.file_id = records_with_both_identifiers.file_id
    and stg_rows_submitted.row_number = records_with_both_identifiers.row_number
where coalesce(stg_rows_submitted.is_superseded, 0) = 0
group by records_with_both_identifiers.file_id, records_with_both_identifiers.row_number
