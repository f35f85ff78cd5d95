-- Keys that more than one row of service_months has.
select service_code, month, count(*) as n_rows
from service_months
group by service_code, month
having count(*) > 1
