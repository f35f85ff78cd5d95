-- Keys that more than one row of usage_person has.
select person_key, service_code, event_type, count(*) as n_rows
from usage_person
group by person_key, service_code, event_type
having count(*) > 1
