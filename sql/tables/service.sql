-- One row per service that the project names.
create table service (
    service_code text primary key,
    service_name text not null,
    area text not null,
    icb_code text,
    provider_code text
)
