-- Keys that more than one row of usage_excluded_months has.
select person_key, service_code, event_type, excluded_months, count(*) as n_rows
from usage_excluded_months
group by person_key, service_code, event_type, excluded_months
having count(*) > 1
