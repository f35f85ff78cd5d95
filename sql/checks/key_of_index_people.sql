-- Keys that more than one row of index_people has.
select person_key, service_code, count(*) as n_rows
from index_people
group by person_key, service_code
having count(*) > 1
