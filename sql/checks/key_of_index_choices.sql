-- Keys that more than one row of index_choices has.
select person_key, service_code, index_event, count(*) as n_rows
from index_choices
group by person_key, service_code, index_event
having count(*) > 1
