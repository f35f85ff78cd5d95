-- Keys that more than one row of int_years_around_joining has.
select person_key, service_code, rule_number, count(*) as n_rows
from int_years_around_joining
group by person_key, service_code, rule_number
having count(*) > 1
