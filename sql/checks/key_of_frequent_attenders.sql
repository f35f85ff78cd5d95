-- Keys that more than one row of frequent_attenders has.
select service_code, rule_number, first_year, count(*) as n_rows
from frequent_attenders
group by service_code, rule_number, first_year
having count(*) > 1
