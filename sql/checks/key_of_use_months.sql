-- Keys that more than one row of use_months has.
select service_code, event_type, month, count(*) as n_rows
from use_months
group by service_code, event_type, month
having count(*) > 1
