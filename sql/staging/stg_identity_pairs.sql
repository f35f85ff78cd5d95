-- One row per local identifier and NHS number that some loaded record holds side by side. Superseded submissions are out.
-- index: local_identity_key
with

records_with_both as (

    select file_id, row_number, local_identity_key, nhs_identity_key from person_record
    where local_identity_key is not null and nhs_identity_key is not null
    union all
    select file_id, row_number, local_identity_key, nhs_identity_key from referral_record
    where local_identity_key is not null and nhs_identity_key is not null
    union all
    select file_id, row_number, local_identity_key, nhs_identity_key from contact_record
    where local_identity_key is not null and nhs_identity_key is not null
    union all
    select file_id, row_number, local_identity_key, nhs_identity_key from assessment_record
    where local_identity_key is not null and nhs_identity_key is not null
    union all
    select file_id, row_number, local_identity_key, nhs_identity_key from service_event
    where local_identity_key is not null and nhs_identity_key is not null
    union all
    select file_id, row_number, local_identity_key, nhs_identity_key from cluster_record
    where local_identity_key is not null and nhs_identity_key is not null
    union all
    select file_id, row_number, local_identity_key, nhs_identity_key from risk_rating_record
    where local_identity_key is not null and nhs_identity_key is not null

)

select records_with_both.local_identity_key, records_with_both.nhs_identity_key
from records_with_both
left join stg_rows_submitted
    on stg_rows_submitted.file_id = records_with_both.file_id
    and stg_rows_submitted.row_number = records_with_both.row_number
where coalesce(stg_rows_submitted.is_superseded, 0) = 0
group by records_with_both.local_identity_key, records_with_both.nhs_identity_key
