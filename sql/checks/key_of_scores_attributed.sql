-- Keys that more than one row of int_scores_attributed has.
select assessment_id, scale_id, count(*) as n_rows
from int_scores_attributed
group by assessment_id, scale_id
having count(*) > 1
