-- Keys that more than one row of icb_people has.
select icb_code, person_key, count(*) as n_rows
from icb_people
group by icb_code, person_key
having count(*) > 1
