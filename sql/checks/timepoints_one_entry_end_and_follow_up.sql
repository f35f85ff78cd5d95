-- Episodes whose measure has two scores for one time point; attributed scores that have no time point; entries that are not
-- those of pairs_own.
select episode_id, measure_id, scale_id, timepoint as broken
from outcome_timepoints
where timepoint in ('entry', 'end', 'follow_up')
group by episode_id, measure_id, scale_id, timepoint, follow_up_months
having count(*) > 1

union all

select int_scores_attributed.episode_id, int_scores_attributed.measure_id, int_scores_attributed.scale_id, 'no time point' as broken
from int_scores_attributed
left join outcome_timepoints
    on outcome_timepoints.assessment_id = int_scores_attributed.assessment_id
    and outcome_timepoints.scale_id = int_scores_attributed.scale_id
where outcome_timepoints.assessment_id is null

union all

select pairs_own.episode_id, pairs_own.measure_id, pairs_own.scale_id, 'other entry' as broken
from pairs_own
left join outcome_timepoints
    on outcome_timepoints.assessment_id = pairs_own.pre_assessment_id
    and outcome_timepoints.scale_id = pairs_own.scale_id
    and outcome_timepoints.timepoint = 'entry'
where outcome_timepoints.assessment_id is null
