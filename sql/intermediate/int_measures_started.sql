-- One row per service and measure in use there, with the day on which its use started: the day that the project declares,
-- else that of the first form which could be scored, else that of the first form. is_declared: 1 where the project says it.
-- index: service_code, measure_id
with

first_forms as (

    select
        service_code,
        measure_id,
        min(assessed_day) as first_form_day,
        min(case when score_status = 'scored' then assessed_day end) as first_score_day
    from assessment_score
    group by service_code, measure_id

),

measures_of_services as (

    select service_code, measure_id
    from first_forms
    union
    select service_code, measure_id
    from measure_start

)

select
    measures_of_services.service_code,
    measures_of_services.measure_id,
    cast(
        coalesce(measure_start.start_day, first_forms.first_score_day, first_forms.first_form_day) as integer
    ) as start_day,
    case when measure_start.start_day is null then 0 else 1 end as is_declared
from measures_of_services
left join first_forms
    on first_forms.service_code = measures_of_services.service_code
    and first_forms.measure_id = measures_of_services.measure_id
left join measure_start
    on measure_start.service_code = measures_of_services.service_code
    and measure_start.measure_id = measures_of_services.measure_id
