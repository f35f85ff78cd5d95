-- One row per time a person left a service: the last referral open there ended. A referral on that very day is none.
-- days_to_return: until the next referral to the service; null: not seen. days_followed: until death, a move away or the end of the
-- data; a return within N days can be told where it happened or days_followed is N or more.
-- index: person_key, service_code, left_day
with

stays_with_last_end as (

    select
        stay_id,
        person_key,
        service_code,
        nth,
        start_day,
        coalesce(end_day, 9999999) as end_or_far_day,
        max(coalesce(end_day, 9999999)) over (
            partition by person_key, service_code
            order by nth
            rows between unbounded preceding and 1 preceding
        ) as last_end_day
    from int_team_stays

),

spells_numbered as (

    select
        *,
        sum(case when last_end_day is null or start_day > last_end_day then 1 else 0 end) over (
            partition by person_key, service_code
            order by nth
            rows between unbounded preceding and current row
        ) as nth_spell
    from stays_with_last_end

),

spells as (

    select
        person_key,
        service_code,
        nth_spell,
        min(start_day) as start_day,
        max(end_or_far_day) as left_day
    from spells_numbered
    group by person_key, service_code, nth_spell

),

spells_with_next as (

    select
        *,
        lead(start_day) over (partition by person_key, service_code order by nth_spell) as next_start_day
    from spells

)

select
    spells_with_next.person_key,
    spells_with_next.service_code,
    spells_with_next.start_day,
    cast(spells_with_next.left_day as integer) as left_day,
    spells_with_next.next_start_day - spells_with_next.left_day as days_to_return,
    coalesce(int_people_in_sight.death_day, int_people_in_sight.unseen_day - 1) - spells_with_next.left_day as days_followed
from spells_with_next
join int_people_in_sight
    on int_people_in_sight.person_key = spells_with_next.person_key
where spells_with_next.left_day < 9999999
