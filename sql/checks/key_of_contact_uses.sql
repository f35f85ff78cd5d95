-- Keys that more than one row of int_contact_uses has.
select service_code, contact_id, event_type, count(*) as n_rows
from int_contact_uses
group by service_code, contact_id, event_type
having count(*) > 1
