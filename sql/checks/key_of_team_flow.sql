-- Keys that more than one row of team_flow has.
select service_code, team_key, count(*) as n_rows
from team_flow
group by service_code, team_key
having count(*) > 1
