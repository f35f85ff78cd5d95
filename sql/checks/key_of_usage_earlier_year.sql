-- Keys that more than one row of usage_earlier_year has.
select person_key, service_code, event_type, count(*) as n_rows
from usage_earlier_year
group by person_key, service_code, event_type
having count(*) > 1
