-- One row per loaded record of an activity within a contact (MHSDS 202, Talking Therapies 202). It has neither person nor date: the
-- contact has both. Monthly copies share activity_ref.
create table care_activity (
    care_activity_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    service_code text not null,
    activity_ref text not null,
    contact_ref text not null
)
