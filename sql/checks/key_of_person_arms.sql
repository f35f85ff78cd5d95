-- Keys that more than one row of person_arms has.
select person_key, service_code, count(*) as n_rows
from person_arms
group by person_key, service_code
having count(*) > 1
