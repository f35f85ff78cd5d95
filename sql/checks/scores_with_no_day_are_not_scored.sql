-- Scored assessments that have no day, or are not the copy that stands.
select assessment_score.assessment_id
from assessment_score
left join stg_assessments_dated
    on stg_assessments_dated.assessment_id = assessment_score.assessment_id
where stg_assessments_dated.assessed_day is null
    or stg_assessments_dated.assessed_day <> assessment_score.assessed_day
group by assessment_score.assessment_id
