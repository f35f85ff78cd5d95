-- Keys that more than one row of int_use_by_month has.
select person_key, service_code, event_type, month_offset, count(*) as n_rows
from int_use_by_month
group by person_key, service_code, event_type, month_offset
having count(*) > 1
