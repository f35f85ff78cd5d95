-- Keys that more than one row of stg_contacts_current has.
select contact_id, count(*) as n_rows
from stg_contacts_current
group by contact_id
having count(*) > 1
