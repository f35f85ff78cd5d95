-- Keys that more than one row of persons has.
select person_key, count(*) as n_rows
from persons
group by person_key
having count(*) > 1
