-- One row per local identifier met, and local identifier that declared maps join to it, itself included, by however many steps.
-- Identifiers that no such map joins are left out. Where one map gives an identifier two partners, it joins it to neither.
-- index: identity_key
with recursive

partners as (

    select map_number, local_pseudonym, other_pseudonym
    from identity_map
    where other_kind = 'local_id'

),

with_two_partners as (

    select map_number, local_pseudonym as pseudonym
    from partners
    group by map_number, local_pseudonym
    having count(*) > 1

    union

    select map_number, other_pseudonym
    from partners
    group by map_number, other_pseudonym
    having count(*) > 1

),

partners_for_certain as (

    select partners.local_pseudonym, partners.other_pseudonym
    from partners
    left join with_two_partners
        on with_two_partners.map_number = partners.map_number
        and with_two_partners.pseudonym in (partners.local_pseudonym, partners.other_pseudonym)
    where with_two_partners.pseudonym is null

),

joined as (

    select local_pseudonym as pseudonym, other_pseudonym as partner_pseudonym from partners_for_certain
    union
    select other_pseudonym, local_pseudonym from partners_for_certain

),

reached (identity_key, member_pseudonym) as (

    select identity.identity_key, identity.pseudonym
    from identity
    join joined
        on joined.pseudonym = identity.pseudonym

    union

    select reached.identity_key, joined.partner_pseudonym
    from reached
    join joined
        on joined.pseudonym = reached.member_pseudonym

)

select identity_key, member_pseudonym from reached
