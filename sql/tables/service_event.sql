-- One row per loaded use of another service. event_type: the short standard list in src/usage/event-types.ts.
-- event_ref tells one event from another; part_ref is given where the record is a part of that event (a ward stay of a hospital
-- spell). referral_ref names the person where no identity does.
-- source_code is the code as it came, so that an unmapped one can be counted. end_day null: a stay still open, or not a stay.
create table service_event (
    event_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    referral_ref text,
    event_ref text,
    part_ref text,
    event_type text not null,
    source_code text,
    start_date text not null,
    start_day integer not null,
    end_date text,
    end_day integer,
    provider_code text
)
