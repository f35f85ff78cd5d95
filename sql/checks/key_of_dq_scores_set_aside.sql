-- Keys that more than one row of dq_scores_set_aside has.
select assessment_id, scale_id, count(*) as n_rows
from dq_scores_set_aside
group by assessment_id, scale_id
having count(*) > 1
