-- One row per loaded record of a cluster assessment (MHSDS 801), whose scores come in another table (802). Monthly copies share
-- cluster_ref.
create table cluster_record (
    cluster_record_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    cluster_ref text not null,
    service_code text not null,
    assessed_date text not null,
    assessed_day integer not null
)
