-- Keys that more than one row of service_leavings has.
select person_key, service_code, left_day, count(*) as n_rows
from service_leavings
group by person_key, service_code, left_day
having count(*) > 1
