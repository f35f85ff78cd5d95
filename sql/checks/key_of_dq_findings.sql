-- Keys that more than one row of dq_findings has.
select rule_code, file_id, row_number, service_code, team, measure_id, month, count(*) as n_rows
from dq_findings
group by rule_code, file_id, row_number, service_code, team, measure_id, month
having count(*) > 1
