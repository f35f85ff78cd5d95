-- One row per contact that stands. Of the copies with one contact_ref in a service, the one of the latest submission is kept, else
-- the last one read; a contact without a reference is taken as it is. Superseded submissions are out.
-- index: contact_id
-- index: service_code, contact_ref
with

copies_ranked as (

    select
        contact_record.*,
        row_number() over (
            partition by contact_record.service_code, contact_record.contact_ref
            order by
                coalesce(stg_rows_submitted.submission_order, 0) desc,
                contact_record.file_id desc,
                contact_record.row_number desc,
                contact_record.contact_id desc
        ) as nth_latest
    from contact_record
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = contact_record.file_id
        and stg_rows_submitted.row_number = contact_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

)

select
    contact_id,
    file_id,
    row_number,
    nhs_identity_key,
    local_identity_key,
    contact_ref,
    referral_ref,
    service_code,
    contact_date,
    contact_day,
    attendance,
    mode,
    staff_role,
    staff_band,
    duration_minutes
from copies_ranked
where contact_ref is null or nth_latest = 1
