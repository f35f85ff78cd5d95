-- Keys that more than one row of dq_team_codings has.
select service_code, team, measure_id, came_as, count(*) as n_rows
from dq_team_codings
group by service_code, team, measure_id, came_as
having count(*) > 1
