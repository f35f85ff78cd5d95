-- One row per local identifier met and NHS number that a loaded record, or a declared map, says is the same person's.
-- A map may name an NHS number that no record has: the pseudonym stands for it.
-- index: local_identity_key
with

pairs_of_records as (

    select stg_identity_pairs.local_identity_key, identity.pseudonym as nhs_pseudonym
    from stg_identity_pairs
    join identity
        on identity.identity_key = stg_identity_pairs.nhs_identity_key

),

pairs_of_maps as (

    select identity.identity_key as local_identity_key, identity_map.other_pseudonym as nhs_pseudonym
    from identity_map
    join identity
        on identity.pseudonym = identity_map.local_pseudonym
    where identity_map.other_kind = 'nhs_number'

)

select local_identity_key, nhs_pseudonym from pairs_of_records
union
select local_identity_key, nhs_pseudonym from pairs_of_maps
