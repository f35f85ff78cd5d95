-- Keys that more than one row of secondary_care_exits has.
select person_key, service_code, count(*) as n_rows
from secondary_care_exits
group by person_key, service_code
having count(*) > 1
