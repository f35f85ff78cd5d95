-- Follow-up scores that no follow-up has, or that are further from its day than the tolerance.
select outcome_timepoints.assessment_id, outcome_timepoints.scale_id, 'in no follow-up' as broken
from outcome_timepoints
left join follow_ups
    on follow_ups.episode_id = outcome_timepoints.episode_id
    and follow_ups.measure_id = outcome_timepoints.measure_id
    and follow_ups.scale_id = outcome_timepoints.scale_id
    and follow_ups.follow_up_months = outcome_timepoints.follow_up_months
    and follow_ups.status = 'scored'
where outcome_timepoints.timepoint = 'follow_up'
    and follow_ups.episode_id is null

union all

select outcome_timepoints.assessment_id, outcome_timepoints.scale_id, 'too far' as broken
from outcome_timepoints
join follow_up_point
    on follow_up_point.follow_up_months = outcome_timepoints.follow_up_months
where abs(outcome_timepoints.days_from_target) > follow_up_point.tolerance_days
