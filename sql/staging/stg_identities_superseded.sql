-- One row per identifier that no record holds but superseded ones: as if it had never been met.
-- index: identity_key
with

rows_superseded as (

    select file_id, row_number
    from stg_rows_submitted
    where is_superseded = 1

),

identifiers_of_records as (

    select file_id, row_number, nhs_identity_key, local_identity_key from person_record
    union all
    select file_id, row_number, nhs_identity_key, local_identity_key from referral_record
    union all
    select file_id, row_number, nhs_identity_key, local_identity_key from contact_record
    union all
    select file_id, row_number, nhs_identity_key, local_identity_key from assessment_record
    union all
    select file_id, row_number, nhs_identity_key, local_identity_key from service_event
    union all
    select file_id, row_number, nhs_identity_key, local_identity_key from cluster_record
    union all
    select file_id, row_number, nhs_identity_key, local_identity_key from risk_rating_record

),

-- most stores hold nothing superseded: then no record is looked at
identifiers_to_judge as (

    select
        identifiers_of_records.nhs_identity_key,
        identifiers_of_records.local_identity_key,
        case when rows_superseded.file_id is null then 0 else 1 end as is_superseded
    from identifiers_of_records
    left join rows_superseded
        on rows_superseded.file_id = identifiers_of_records.file_id
        and rows_superseded.row_number = identifiers_of_records.row_number
    where exists (select 1 from rows_superseded)

),

identifiers as (

    select nhs_identity_key as identity_key, is_superseded from identifiers_to_judge
    where nhs_identity_key is not null
    union all
    select local_identity_key as identity_key, is_superseded from identifiers_to_judge
    where local_identity_key is not null

)

select identity_key
from identifiers
group by identity_key
having min(is_superseded) = 1
