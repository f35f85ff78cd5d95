-- One row per loaded referral record; monthly copies of one referral share referral_ref (a keyed pseudonym).
-- discharge_day null: open at the data's end. first_contact_day null: not seen, or not recorded.
create table referral_record (
    referral_record_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    referral_ref text,
    service_code text not null,
    pathway text,
    team text,
    team_type text,
    intervention text,
    referral_source text,
    primary_reason text,
    referral_date text not null,
    referral_day integer not null,
    first_contact_date text,
    first_contact_day integer,
    discharge_date text,
    discharge_day integer,
    discharge_reason text,
    rejected_date text,
    rejected_day integer,
    age_at_referral integer
)
