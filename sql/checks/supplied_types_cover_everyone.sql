-- Services and supplied event types that do not have one row for every person with a window.
with

people_counted as (

    select service_code, count(*) as n_people
    from usage_windows
    group by service_code

),

rows_counted as (

    select service_code, event_type, count(*) as n_rows
    from usage_person
    group by service_code, event_type

)

select usage_coverage.service_code, usage_coverage.event_type
from usage_coverage
join people_counted
    on people_counted.service_code = usage_coverage.service_code
left join rows_counted
    on rows_counted.service_code = usage_coverage.service_code
    and rows_counted.event_type = usage_coverage.event_type
where coalesce(rows_counted.n_rows, 0) <> people_counted.n_people
