-- Scored assessments that the models lost or multiplied.
select assessment_score.assessment_id, assessment_score.scale_id
from assessment_score
left join int_scores_placed
    on int_scores_placed.assessment_id = assessment_score.assessment_id
    and int_scores_placed.scale_id = assessment_score.scale_id
where int_scores_placed.assessment_id is null

union all

select min(assessment_id) as assessment_id, 'count differs' as scale_id
from int_scores_placed
having count(*) <> (select count(*) from assessment_score)
