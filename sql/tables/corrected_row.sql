-- One row per record whose team has corrected a cell of it, or asked to leave it out.
-- row_hash: that of the row as the file holds it; import_row has that of the row as corrected. Sheets name rows by this one.
create table corrected_row (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    row_hash text not null,
    primary key (file_id, row_number)
)
