-- One row per row of a file, measure and rule that it breaks although it was loaded: cross-checks between rows and files, and the
-- doubts of single rows found at the door (flagged_row). row_number null: the finding is about the whole file.
-- team, measure_id and month (YYYY-MM) are null where the row has none, or more than one. No row says who the person is.
-- index: rule_code, file_id, row_number
with

questionnaires as (

    select
        dq_assessments.rule_code,
        stg_assessments_dated.file_id,
        stg_assessments_dated.row_number,
        stg_assessments_dated.service_code,
        stg_assessments_dated.team,
        stg_assessments_dated.measure_id,
        substr(stg_assessments_dated.assessed_date, 1, 7) as month
    from dq_assessments
    join stg_assessments_dated
        on stg_assessments_dated.assessment_id = dq_assessments.assessment_id
    group by
        dq_assessments.rule_code,
        stg_assessments_dated.file_id,
        stg_assessments_dated.row_number,
        stg_assessments_dated.service_code,
        stg_assessments_dated.team,
        stg_assessments_dated.measure_id,
        substr(stg_assessments_dated.assessed_date, 1, 7)

),

forms_of_flagged_rows as (

    select
        flagged_row.file_id,
        flagged_row.row_number,
        min(stg_assessments_dated.service_code) as service_code,
        min(stg_assessments_dated.team) as team,
        case
            when min(stg_assessments_dated.measure_id) = max(stg_assessments_dated.measure_id)
                then min(stg_assessments_dated.measure_id)
        end as measure_id,
        min(substr(stg_assessments_dated.assessed_date, 1, 7)) as month
    from stg_assessments_dated
    join flagged_row
        on flagged_row.file_id = stg_assessments_dated.file_id
        and flagged_row.row_number = stg_assessments_dated.row_number
    group by flagged_row.file_id, flagged_row.row_number

),

flags_of_rows as (

    select flagged_row.file_id, flagged_row.row_number, flagged_row.code
    from flagged_row
    join import_file
        on import_file.file_id = flagged_row.file_id
    where import_file.superseded_by is null
    group by flagged_row.file_id, flagged_row.row_number, flagged_row.code

),

findings as (

    select rule_code, file_id, row_number, service_code, team, measure_id, month
    from questionnaires

    union all

    select
        'score_without_date' as rule_code,
        file_id,
        row_number,
        service_code,
        team,
        measure_id,
        cast(null as text) as month
    from int_assessments_undated
    group by file_id, row_number, service_code, team, measure_id

    union all

    select
        dq_contacts.rule_code,
        contact_record.file_id,
        contact_record.row_number,
        contact_record.service_code,
        cast(null as text) as team,
        cast(null as text) as measure_id,
        substr(contact_record.contact_date, 1, 7) as month
    from dq_contacts
    join contact_record
        on contact_record.contact_id = dq_contacts.contact_id

    union all

    select
        'overlapping_stays' as rule_code,
        service_event.file_id,
        service_event.row_number,
        import_file.service_code,
        cast(null as text) as team,
        cast(null as text) as measure_id,
        substr(service_event.start_date, 1, 7) as month
    from dq_stays
    join service_event
        on service_event.event_id = dq_stays.event_id
    join import_file
        on import_file.file_id = service_event.file_id

    union all

    select
        dq_identity_rows.rule_code,
        dq_identity_rows.file_id,
        dq_identity_rows.row_number,
        import_file.service_code,
        cast(null as text) as team,
        cast(null as text) as measure_id,
        cast(null as text) as month
    from dq_identity_rows
    join import_file
        on import_file.file_id = dq_identity_rows.file_id

    union all

    select
        'sheet_full' as rule_code,
        file_id,
        cast(null as integer) as row_number,
        service_code,
        cast(null as text) as team,
        cast(null as text) as measure_id,
        cast(null as text) as month
    from import_file
    where n_physical_lines in (65536, 1048576)
        and superseded_by is null

    union all

    select
        flags_of_rows.code as rule_code,
        flags_of_rows.file_id,
        flags_of_rows.row_number,
        coalesce(forms_of_flagged_rows.service_code, import_file.service_code) as service_code,
        forms_of_flagged_rows.team,
        forms_of_flagged_rows.measure_id,
        forms_of_flagged_rows.month
    from flags_of_rows
    join import_file
        on import_file.file_id = flags_of_rows.file_id
    left join forms_of_flagged_rows
        on forms_of_flagged_rows.file_id = flags_of_rows.file_id
        and forms_of_flagged_rows.row_number = flags_of_rows.row_number

)

select
    cast(rule_code as text) as rule_code,
    file_id,
    row_number,
    service_code,
    cast(team as text) as team,
    cast(measure_id as text) as measure_id,
    cast(month as text) as month
from findings
