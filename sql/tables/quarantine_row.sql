-- One row per fault of a record that was held back. column_name is null where the fault belongs to the whole record.
-- expected says what would have been right; no cell's value is ever kept.
create table quarantine_row (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    fault_number integer not null,
    code text not null,
    column_name text,
    expected text not null,
    primary key (file_id, row_number, fault_number)
)
