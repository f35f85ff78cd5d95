-- Keys that more than one row of usage_months has.
select service_code, event_type, month_offset, count(*) as n_rows
from usage_months
group by service_code, event_type, month_offset
having count(*) > 1
