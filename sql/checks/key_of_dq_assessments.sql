-- Keys that more than one row of dq_assessments has.
select rule_code, assessment_id, count(*) as n_rows
from dq_assessments
group by rule_code, assessment_id
having count(*) > 1
