-- Keys that more than one row of dq_completeness has.
select service_code, measure_id, team, start_month, count(*) as n_rows
from dq_completeness
group by service_code, measure_id, team, start_month
having count(*) > 1
