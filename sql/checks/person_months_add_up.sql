-- People whose months do not add up to their windows, where both reach twelve months.
with

months_added_up as (

    select person_key, service_code, sum(person_days) as person_days
    from int_person_months
    group by person_key, service_code

)

select usage_windows.person_key, usage_windows.service_code
from usage_windows
cross join settings
left join months_added_up
    on months_added_up.person_key = usage_windows.person_key
    and months_added_up.service_code = usage_windows.service_code
where settings.window_months = 12
    and coalesce(months_added_up.person_days, -1) <> usage_windows.days_before + usage_windows.days_after
