-- One row per record read, with no index while a file is loaded: rows are only ever added at the end.
-- row_number is the number a spreadsheet shows beside the record's first line.
-- row_hash is keyed; two records share it when every kept cell is the same.
-- outcome: loaded, duplicate or quarantined.
create table import_row (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    row_hash text not null,
    outcome text not null check (outcome in ('loaded', 'duplicate', 'quarantined'))
)
