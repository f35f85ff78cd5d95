-- One row per count that came already added up, with no person behind it (friends and family test, feedback, published activity).
create table aggregate_count (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    service_code text not null,
    period_date text not null,
    period_day integer not null,
    subject text not null,
    category text not null,
    count_value integer not null,
    primary key (file_id, row_number, category)
)
