-- One row per score that tells of an episode (int_scores_attributed), with the time point it is the score of:
--   entry: the first score of the episode, as pairs_own has it. Others are compared with it, if they count the same items.
--   review: a later one up to assessment_days_after_end after the end, and not the next.
--   end: the last that is no more than end_score_days before the end, no more than assessment_days_after_end after it, and at least
--     min_pair_days after the entry.
--   follow_up: later still, within the tolerance of a follow-up point, and the nearest to it (of two as near, the earlier; of one
--     day, the smaller assessment_id). A score within the tolerance of two points is the nearer one's; of two as near, the
--     earlier one's.
--   spare: within a point's tolerance, and another is nearer.
--   out_of_window: after the end, and near no follow-up point.
--   other_basis: counts other items than the entry. no_entry: the episode has none before it to compare it with.
-- follow_up_months, days_from_target: of follow_up and spare; else null. target day: the same day of the month as the end.
-- days_from_entry: null without an entry.
-- index: service_code, measure_id, scale_id
-- index: episode_id, measure_id, scale_id, follow_up_months
with

entries as (

    select
        pairs_own.episode_id,
        pairs_own.measure_id,
        pairs_own.scale_id,
        pairs_own.pre_assessment_id,
        pairs_own.pre_day,
        entry_scores.basis as entry_basis
    from pairs_own
    join assessment_score as entry_scores
        on entry_scores.assessment_id = pairs_own.pre_assessment_id
        and entry_scores.scale_id = pairs_own.scale_id

),

scores_beside_entry as (

    select
        int_scores_attributed.*,
        int_episodes.person_key,
        int_episodes.service_code,
        int_episodes.end_day,
        entries.pre_assessment_id,
        entries.pre_day,
        case
            when int_scores_attributed.assessment_id = entries.pre_assessment_id then 'entry'
            when entries.pre_assessment_id is null then 'no_entry'
            when int_scores_attributed.assessed_day < entries.pre_day then 'no_entry'
            when int_scores_attributed.basis <> entries.entry_basis then 'other_basis'
            when int_scores_attributed.assessed_day > int_episodes.end_day + settings.assessment_days_after_end then 'after'
            when int_scores_attributed.assessed_day >= int_episodes.end_day - settings.end_score_days
                and int_scores_attributed.assessed_day - entries.pre_day >= settings.min_pair_days then 'near_end'
            else 'review'
        end as stretch
    from int_scores_attributed
    cross join settings
    join int_episodes
        on int_episodes.episode_id = int_scores_attributed.episode_id
    left join entries
        on entries.episode_id = int_scores_attributed.episode_id
        and entries.measure_id = int_scores_attributed.measure_id
        and entries.scale_id = int_scores_attributed.scale_id

),

scores_beside_points as (

    select
        scores_beside_entry.*,
        follow_up_point.follow_up_months,
        scores_beside_entry.assessed_day - month_edge.edge_day as days_from_target,
        case
            when abs(scores_beside_entry.assessed_day - month_edge.edge_day) <= follow_up_point.tolerance_days then 1
            else 0
        end as is_near
    from scores_beside_entry
    left join follow_up_point
        on scores_beside_entry.stretch = 'after'
    left join month_edge
        on month_edge.index_day = scores_beside_entry.end_day
        and month_edge.month_offset = follow_up_point.follow_up_months

),

points_ranked as (

    select
        episode_id,
        person_key,
        service_code,
        measure_id,
        scale_id,
        assessment_id,
        assessed_date,
        assessed_day,
        score,
        pre_day,
        stretch,
        case when is_near = 1 then follow_up_months end as follow_up_months,
        case when is_near = 1 then days_from_target end as days_from_target,
        row_number() over (
            partition by assessment_id, scale_id
            order by is_near desc, abs(days_from_target), follow_up_months
        ) as nth_point
    from scores_beside_points

),

scores_ranked_in_stretch as (

    select
        points_ranked.*,
        row_number() over (
            partition by episode_id, measure_id, scale_id, stretch
            order by assessed_day desc, assessment_id desc
        ) as nth_last_of_stretch,
        row_number() over (
            partition by episode_id, measure_id, scale_id, stretch, follow_up_months
            order by abs(days_from_target), assessed_day, assessment_id
        ) as nth_nearest
    from points_ranked
    where nth_point = 1

)

select
    episode_id,
    person_key,
    service_code,
    measure_id,
    scale_id,
    assessment_id,
    assessed_date,
    assessed_day,
    score,
    case
        when stretch = 'near_end' and nth_last_of_stretch = 1 then 'end'
        when stretch = 'near_end' then 'review'
        when stretch = 'after' and follow_up_months is null then 'out_of_window'
        when stretch = 'after' and nth_nearest = 1 then 'follow_up'
        when stretch = 'after' then 'spare'
        else stretch
    end as timepoint,
    cast(follow_up_months as integer) as follow_up_months,
    cast(days_from_target as integer) as days_from_target,
    cast(assessed_day - pre_day as integer) as days_from_entry
from scores_ranked_in_stretch
