-- One row per identifier met that stands. person_key is the identifier that stands for the person.
-- A local identifier takes the NHS number that any record or declared map gives it or an identifier joined to it, whichever
-- file came first. Local identifiers joined by maps, none of which has an NHS number, take the first of them. One that came with
-- two NHS numbers is nobody's: it stays itself, so that no record is joined to a stranger's (see int_identity_conflicts).
-- index: identity_key
with

numbers_of_members as (

    select identity.pseudonym as member_pseudonym, int_identity_pairs.nhs_pseudonym
    from int_identity_pairs
    join identity
        on identity.identity_key = int_identity_pairs.local_identity_key

    union

    select local_pseudonym, other_pseudonym
    from identity_map
    where other_kind = 'nhs_number'

),

numbers_of_groups as (

    select
        int_identity_groups.identity_key,
        count(distinct numbers_of_members.nhs_pseudonym) as n_numbers,
        min(numbers_of_members.nhs_pseudonym) as nhs_pseudonym
    from int_identity_groups
    left join numbers_of_members
        on numbers_of_members.member_pseudonym = int_identity_groups.member_pseudonym
    group by int_identity_groups.identity_key

),

own_numbers as (

    select local_identity_key, count(*) as n_numbers, min(nhs_pseudonym) as nhs_pseudonym
    from int_identity_pairs
    group by local_identity_key

),

first_of_groups as (

    select int_identity_groups.identity_key, min(identity.identity_key) as person_key
    from int_identity_groups
    join identity
        on identity.pseudonym = int_identity_groups.member_pseudonym
    where identity.identity_key not in (select identity_key from stg_identities_superseded)
    group by int_identity_groups.identity_key

),

identities_with_numbers as (

    select
        identity.identity_key,
        case
            when identity.kind = 'nhs_number' then identity.pseudonym
            when numbers_of_groups.n_numbers = 1 then numbers_of_groups.nhs_pseudonym
            when own_numbers.n_numbers = 1 then own_numbers.nhs_pseudonym
        end as nhs_pseudonym,
        case when identity.kind = 'nhs_number' then identity.identity_key end as nhs_identity_key,
        case when numbers_of_groups.n_numbers = 0 then first_of_groups.person_key end as group_person_key
    from identity
    left join numbers_of_groups
        on numbers_of_groups.identity_key = identity.identity_key
    left join own_numbers
        on own_numbers.local_identity_key = identity.identity_key
    left join first_of_groups
        on first_of_groups.identity_key = identity.identity_key
    where identity.identity_key not in (select identity_key from stg_identities_superseded)

),

people_by_number as (

    select nhs_pseudonym, coalesce(max(nhs_identity_key), min(identity_key)) as person_key
    from identities_with_numbers
    where nhs_pseudonym is not null
    group by nhs_pseudonym

)

select
    identities_with_numbers.identity_key,
    cast(
        coalesce(
            people_by_number.person_key, identities_with_numbers.group_person_key, identities_with_numbers.identity_key
        ) as integer
    ) as person_key
from identities_with_numbers
left join people_by_number
    on people_by_number.nhs_pseudonym = identities_with_numbers.nhs_pseudonym
