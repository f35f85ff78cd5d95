-- Stays that more than one row of int_team_stays has, or that more than one move comes from.
select stay_id, count(*) as n_rows
from int_team_stays
group by stay_id
having count(*) > 1

union all

select from_stay_id as stay_id, count(*) as n_rows
from team_moves
group by from_stay_id
having count(*) > 1
