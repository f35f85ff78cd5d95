-- Teams where those who came are not those who were there, or those who went and those still there are not; and a row where the
-- moves out of all teams are not the moves into them, or the stays are not all referrals of patients.
select service_code, team_key
from team_flow
where n_new + n_moved_in + n_again <> n_stays
    or n_open + n_moved_out + n_left <> n_stays

union all

select 'every service' as service_code, 'every team' as team_key
from (
    select
        coalesce(sum(n_stays), 0) as n_stays,
        coalesce(sum(n_moved_in), 0) as n_moved_in,
        coalesce(sum(n_moved_out), 0) as n_moved_out
    from team_flow
) as everyone
where n_moved_in <> n_moved_out
    or n_moved_in <> (select count(*) from team_moves)
    or n_stays <> (select count(*) from int_referrals_grouped_to_episodes)
