-- Keys that more than one row of team_moves has.
select to_stay_id, count(*) as n_rows
from team_moves
group by to_stay_id
having count(*) > 1
