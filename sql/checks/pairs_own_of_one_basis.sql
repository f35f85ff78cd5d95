-- Scores without a basis; pairs whose two scores count other items, or that say wrongly how many were left out for that.
select assessment_id, scale_id, 'no basis' as broken
from assessment_score
where score_status = 'scored' and basis is null

union all

select pairs_own.pre_assessment_id as assessment_id, pairs_own.scale_id, 'other items' as broken
from pairs_own
join assessment_score as first_scores
    on first_scores.assessment_id = pairs_own.pre_assessment_id
    and first_scores.scale_id = pairs_own.scale_id
join assessment_score as last_scores
    on last_scores.assessment_id = pairs_own.post_assessment_id
    and last_scores.scale_id = pairs_own.scale_id
where first_scores.basis <> last_scores.basis

union all

select pairs_own.pre_assessment_id as assessment_id, pairs_own.scale_id, 'count differs' as broken
from pairs_own
join assessment_score as first_scores
    on first_scores.assessment_id = pairs_own.pre_assessment_id
    and first_scores.scale_id = pairs_own.scale_id
join int_scores_placed
    on int_scores_placed.episode_id = pairs_own.episode_id
    and int_scores_placed.measure_id = pairs_own.measure_id
    and int_scores_placed.scale_id = pairs_own.scale_id
left join dq_scores_set_aside
    on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
    and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
where int_scores_placed.score_status = 'scored'
    and int_scores_placed.score is not null
    and dq_scores_set_aside.assessment_id is null
group by pairs_own.episode_id, pairs_own.measure_id, pairs_own.scale_id, pairs_own.pre_assessment_id, pairs_own.n_other_basis
having sum(case when int_scores_placed.basis <> first_scores.basis then 1 else 0 end) <> pairs_own.n_other_basis
