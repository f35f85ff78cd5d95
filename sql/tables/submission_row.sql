-- One row per loaded record whose file says in which submission to the national data set it came. Nulls: the file does not say.
-- provider_code is the organisation that submitted; submission_number counts up; effective_day is when a feed took the record up.
create table submission_row (
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    provider_code text,
    period_end_date text,
    period_end_day integer,
    submission_number integer,
    effective_date text,
    effective_day integer,
    primary key (file_id, row_number)
)
