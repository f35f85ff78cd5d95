-- One row per episode with an attended contact that says which staff role saw the person: the role that mainly did, by
-- settings.mainly_seen_by. no_one_role: no role has the most contacts (or, by the other rule, more than half of them).
-- index: episode_id
with

contacts_by_role as (

    select episode_id, staff_role, count(*) as n_contacts
    from int_contacts_placed
    where is_attended = 1 and staff_role is not null and episode_id is not null
    group by episode_id, staff_role

),

roles_ranked as (

    select
        episode_id,
        staff_role,
        n_contacts,
        sum(n_contacts) over (partition by episode_id) as n_contacts_of_all,
        row_number() over (partition by episode_id order by n_contacts desc, staff_role) as nth,
        coalesce(
            lead(n_contacts) over (partition by episode_id order by n_contacts desc, staff_role),
            0
        ) as n_contacts_of_next
    from contacts_by_role

)

select
    roles_ranked.episode_id,
    case
        when settings.mainly_seen_by = 'over_half' and 2 * n_contacts <= n_contacts_of_all then 'no_one_role'
        when n_contacts = n_contacts_of_next then 'no_one_role'
        else staff_role
    end as main_staff_role
from roles_ranked
cross join settings
where nth = 1
