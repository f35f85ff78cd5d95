-- Keys that more than one row of int_events_resolved has.
select event_id, count(*) as n_rows
from int_events_resolved
group by event_id
having count(*) > 1
