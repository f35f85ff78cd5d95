-- One row per service and measure whose first day of use the project declares.
create table measure_start (
    service_code text not null,
    measure_id text not null,
    start_date text not null,
    start_day integer not null,
    primary key (service_code, measure_id)
)
