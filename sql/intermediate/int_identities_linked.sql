-- One row per identifier met. person_key is the identifier that stands for the person.
-- A local identifier takes the NHS number that any record gives it, whichever file came first. One that came with two
-- NHS numbers is nobody's: it stays itself, so that no record is joined to a stranger's (see int_identity_conflicts).
-- index: identity_key
with

nhs_numbers_per_local_id as (

    select
        local_identity_key,
        count(*) as n_nhs_identities,
        min(nhs_identity_key) as nhs_identity_key
    from stg_identity_pairs
    group by local_identity_key

)

select
    identity.identity_key,
    cast(
        case
            when nhs_numbers_per_local_id.n_nhs_identities = 1 then nhs_numbers_per_local_id.nhs_identity_key
            else identity.identity_key
        end as integer
    ) as person_key
from identity
left join nhs_numbers_per_local_id
    on nhs_numbers_per_local_id.local_identity_key = identity.identity_key
