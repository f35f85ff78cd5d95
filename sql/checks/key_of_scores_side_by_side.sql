-- Keys that more than one row of scores_side_by_side has.
select assessment_id, count(*) as n_rows
from scores_side_by_side
group by assessment_id
having count(*) > 1
