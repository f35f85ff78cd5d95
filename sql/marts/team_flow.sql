-- One row per service and team: its stays by how they came to be and by how they ended. n_new + n_moved_in + n_again = n_stays =
-- n_open + n_moved_out + n_left. n_moved_in, n_moved_out: by a move (team_moves). n_again: others, of people who had been with the
-- team before. n_open: not ended. team null: the referrals name none. step null: the project does not say.
-- index: service_code
with

stays_with_before as (

    select
        int_team_stays.*,
        row_number() over (
            partition by int_team_stays.person_key, int_team_stays.service_code, int_team_stays.team_key
            order by int_team_stays.nth
        ) as nth_with_team,
        case when moves_in.to_stay_id is null then 0 else 1 end as is_moved_in,
        case when moves_out.from_stay_id is null then 0 else 1 end as is_moved_out
    from int_team_stays
    left join team_moves as moves_in
        on moves_in.to_stay_id = int_team_stays.stay_id
    left join team_moves as moves_out
        on moves_out.from_stay_id = int_team_stays.stay_id

)

select
    service_code,
    team_key,
    team,
    step,
    cast(count(*) as integer) as n_stays,
    cast(sum(case when is_moved_in = 0 and nth_with_team = 1 then 1 else 0 end) as integer) as n_new,
    cast(sum(is_moved_in) as integer) as n_moved_in,
    cast(sum(case when is_moved_in = 0 and nth_with_team > 1 then 1 else 0 end) as integer) as n_again,
    cast(sum(case when end_day is null then 1 else 0 end) as integer) as n_open,
    cast(sum(is_moved_out) as integer) as n_moved_out,
    cast(sum(case when end_day is not null and is_moved_out = 0 then 1 else 0 end) as integer) as n_left
from stays_with_before
group by service_code, team_key, team, step
