-- Keys that more than one row of int_identity_groups has.
select identity_key, member_pseudonym
from int_identity_groups
group by identity_key, member_pseudonym
having count(*) > 1
