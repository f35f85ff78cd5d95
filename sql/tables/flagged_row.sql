-- One row per doubt about a record that was loaded all the same. Columns as in quarantine_row.
create table flagged_row (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    fault_number integer not null,
    code text not null,
    column_name text,
    expected text not null,
    primary key (file_id, row_number, fault_number)
)
