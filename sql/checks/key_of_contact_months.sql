-- Keys that more than one row of contact_months has.
select service_code, month, count(*) as n_rows
from contact_months
group by service_code, month
having count(*) > 1
