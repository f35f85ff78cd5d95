-- Keys that more than one row of int_events_merged has.
select event_id, service_code, count(*) as n_rows
from int_events_merged
group by event_id, service_code
having count(*) > 1
