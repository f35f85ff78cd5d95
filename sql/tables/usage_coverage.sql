-- One row per service and event type whose extract was supplied for the service's people.
-- A type not listed is unknown for them: absent, never zero.
create table usage_coverage (
    service_code text not null,
    event_type text not null,
    primary key (service_code, event_type)
)
