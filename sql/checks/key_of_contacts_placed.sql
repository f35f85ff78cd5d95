-- Keys that more than one row of int_contacts_placed has.
select contact_id, count(*) as n_rows
from int_contacts_placed
group by contact_id
having count(*) > 1
