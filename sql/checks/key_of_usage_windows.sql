-- Keys that more than one row of usage_windows has.
select person_key, service_code, count(*) as n_rows
from usage_windows
group by person_key, service_code
having count(*) > 1
