-- Scores that were set aside and are the first or the last of a pair all the same.
select pairs_own.episode_id, pairs_own.scale_id, dq_scores_set_aside.assessment_id
from pairs_own
join dq_scores_set_aside
    on dq_scores_set_aside.scale_id = pairs_own.scale_id
    and dq_scores_set_aside.assessment_id = pairs_own.pre_assessment_id

union all

select pairs_own.episode_id, pairs_own.scale_id, dq_scores_set_aside.assessment_id
from pairs_own
join dq_scores_set_aside
    on dq_scores_set_aside.scale_id = pairs_own.scale_id
    and dq_scores_set_aside.assessment_id = pairs_own.post_assessment_id
