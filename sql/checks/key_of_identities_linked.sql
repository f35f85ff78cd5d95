-- Keys that more than one row of int_identities_linked has.
select identity_key, count(*) as n_rows
from int_identities_linked
group by identity_key
having count(*) > 1
