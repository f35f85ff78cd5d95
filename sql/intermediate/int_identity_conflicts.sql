-- One row per local identifier that came with more than one NHS number.
select
    local_identity_key,
    cast(count(*) as integer) as n_nhs_identities
from int_identity_pairs
group by local_identity_key
having count(*) > 1
