-- One row per identifier met of a person on the National Data Opt-Out list, or that any record or map ties to such a person. None is
-- expected: their records were held back. Where one is here all the same, the person is left out and a check says so.
-- index: identity_key
with

identities_on_the_list as (

    select identity.identity_key
    from opt_out
    join identity
        on identity.pseudonym = opt_out.pseudonym

),

identities_with_a_number_on_the_list as (

    select int_identity_pairs.local_identity_key as identity_key
    from opt_out
    join int_identity_pairs
        on int_identity_pairs.nhs_pseudonym = opt_out.pseudonym

),

identities_in_doubt as (

    select identity_key from identities_on_the_list
    union
    select identity_key from identities_with_a_number_on_the_list

),

identities_joined_to_them as (

    select int_identity_groups.identity_key
    from identities_in_doubt
    join identity
        on identity.identity_key = identities_in_doubt.identity_key
    join int_identity_groups
        on int_identity_groups.member_pseudonym = identity.pseudonym

)

select identity_key from identities_in_doubt
union
select identity_key from identities_joined_to_them
