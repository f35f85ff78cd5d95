-- Records held back without a reason, and reasons for records that were not held back.
select import_row.file_id, import_row.row_number
from import_row
left join quarantine_row
    on quarantine_row.file_id = import_row.file_id
    and quarantine_row.row_number = import_row.row_number
where import_row.outcome = 'quarantined' and quarantine_row.file_id is null

union all

select quarantine_row.file_id, quarantine_row.row_number
from quarantine_row
left join import_row
    on import_row.file_id = quarantine_row.file_id
    and import_row.row_number = quarantine_row.row_number
    and import_row.outcome = 'quarantined'
where import_row.file_id is null
