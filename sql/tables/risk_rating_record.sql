-- One row per loaded rating of a person's risk, as the service rates it. rating: none, low, medium, high or very_high.
create table risk_rating_record (
    risk_rating_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    service_code text not null,
    rated_date text not null,
    rated_day integer not null,
    rating text not null check (rating in ('none', 'low', 'medium', 'high', 'very_high'))
)
