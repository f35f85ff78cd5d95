-- Keys that more than one row of stg_assessments_dated has.
select assessment_id, count(*) as n_rows
from stg_assessments_dated
group by assessment_id
having count(*) > 1
