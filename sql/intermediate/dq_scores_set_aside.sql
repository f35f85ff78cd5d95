-- One row per score that no pair of our own rule takes, because what it says is not known: see src/store/quality-rules.ts.
-- rule_code: why; of several reasons, the first by name. The national rule takes no notice: it is followed as published.
-- index: assessment_id, scale_id
with

reasons as (

    select assessment_id, scale_id, 'two_scores_same_day' as rule_code
    from dq_scores_same_day
    union all
    select assessment_score.assessment_id, assessment_score.scale_id, dq_assessments.rule_code
    from dq_assessments
    join assessment_score
        on assessment_score.assessment_id = dq_assessments.assessment_id
    where dq_assessments.rule_code in ('score_after_death', 'score_before_birth', 'team_coding_differs')

)

select assessment_id, scale_id, min(rule_code) as rule_code
from reasons
group by assessment_id, scale_id
