-- One row per identifier met of a person on the National Data Opt-Out list, or that any record or map ties to such a person. None is
-- expected: their records were held back. Where one is here all the same, the person is left out and a check says so.
-- index: identity_key
with

locals_with_a_number_on_the_list as (

    select identity.pseudonym
    from opt_out
    join int_identity_pairs
        on int_identity_pairs.nhs_pseudonym = opt_out.pseudonym
    join identity
        on identity.identity_key = int_identity_pairs.local_identity_key

    union

    select identity_map.local_pseudonym
    from opt_out
    join identity_map
        on identity_map.other_pseudonym = opt_out.pseudonym
    where identity_map.other_kind = 'nhs_number'

),

pseudonyms_in_doubt as (

    select pseudonym from opt_out
    union
    select pseudonym from locals_with_a_number_on_the_list

)

select identity.identity_key
from pseudonyms_in_doubt
join identity
    on identity.pseudonym = pseudonyms_in_doubt.pseudonym

union

select int_identity_groups.identity_key
from pseudonyms_in_doubt
join int_identity_groups
    on int_identity_groups.member_pseudonym = pseudonyms_in_doubt.pseudonym
