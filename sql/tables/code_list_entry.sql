-- One row per entry of a published list of assessment codes. is_check_digit_valid: 1 where the SNOMED CT check digit holds.
create table code_list_entry (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    code text not null,
    term text not null,
    tool_name text,
    category text,
    version text,
    lower_bound real,
    upper_bound real,
    is_check_digit_valid integer not null,
    primary key (file_id, row_number)
)
