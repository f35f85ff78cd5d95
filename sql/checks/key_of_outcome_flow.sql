-- Keys that more than one row of outcome_flow has.
select service_code, measure_id, scale_id, team, count(*) as n_rows
from outcome_flow
group by service_code, measure_id, scale_id, team
having count(*) > 1
