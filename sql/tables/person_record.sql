-- One row per loaded record that describes a person. Only the month of birth is kept.
-- person_type: patient or carer. neurodiversity: yes, queried, no or unknown. moved_day: left the area, so no longer observed.
-- deprivation_decile: of the Index of Multiple Deprivation where the person lives, 1 the most deprived.
create table person_record (
    person_record_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    person_type text not null check (person_type in ('patient', 'carer')),
    birth_month text,
    gender text,
    ethnic_category text,
    neurodiversity text not null check (neurodiversity in ('yes', 'queried', 'no', 'unknown')),
    death_date text,
    death_day integer,
    moved_date text,
    moved_day integer,
    deprivation_decile integer
)
