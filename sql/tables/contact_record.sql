-- One row per loaded contact record. attendance: attended, did_not_attend, cancelled_by_patient, cancelled_by_provider or unknown;
-- indirect: work for the person without them there (MHSDS 204), counted apart from contacts.
create table contact_record (
    contact_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    contact_ref text,
    referral_ref text,
    service_code text not null,
    contact_date text not null,
    contact_day integer not null,
    attendance text not null,
    mode text,
    staff_role text,
    staff_band text,
    duration_minutes integer
)
