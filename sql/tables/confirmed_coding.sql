-- One row per service, measure and team whose unusual coding the project has confirmed to be right.
-- team '' stands for every team of the service.
create table confirmed_coding (
    service_code text not null,
    measure_id text not null,
    team text not null,
    primary key (service_code, measure_id, team)
)
