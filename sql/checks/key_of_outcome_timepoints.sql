-- Keys that more than one row of outcome_timepoints has.
select assessment_id, scale_id, count(*) as n_rows
from outcome_timepoints
group by assessment_id, scale_id
having count(*) > 1
