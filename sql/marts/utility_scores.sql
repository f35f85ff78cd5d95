-- One row per person and service with an index day (usage_windows), questionnaire, and day on which it gave a utility there: the
-- EQ-5D-5L index, or the ReQoL-UI worked out by a licence holder's table.
-- From assessment_days_before_start before the index day to the end of the window after it, whatever cut the person's own window.
-- Of several on one day, the last read. Scores set aside by the quality checks are out. days_from_index: negative before it.
-- index: service_code, person_key
with

utilities_ranked as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        int_scores_placed.assessment_id,
        int_scores_placed.measure_id,
        int_scores_placed.scale_id,
        int_scores_placed.score as utility,
        int_scores_placed.assessed_day - usage_windows.index_day as days_from_index,
        row_number() over (
            partition by
                usage_windows.person_key,
                usage_windows.service_code,
                int_scores_placed.measure_id,
                int_scores_placed.scale_id,
                int_scores_placed.assessed_day
            order by int_scores_placed.assessment_id desc
        ) as nth_from_last
    from usage_windows
    cross join settings
    join month_edge
        on month_edge.index_day = usage_windows.index_day
        and month_edge.month_offset = settings.window_months
    join int_scores_placed
        on int_scores_placed.person_key = usage_windows.person_key
        and int_scores_placed.service_code = usage_windows.service_code
        and int_scores_placed.assessed_day >= usage_windows.index_day - settings.assessment_days_before_start
        and int_scores_placed.assessed_day < month_edge.edge_day
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where (
            (int_scores_placed.measure_id = 'eq-5d-5l' and int_scores_placed.scale_id = 'index')
            or (int_scores_placed.measure_id in ('reqol-10', 'reqol-20') and int_scores_placed.scale_id = 'utility')
        )
        and int_scores_placed.score_status = 'scored'
        and dq_scores_set_aside.assessment_id is null

)

select person_key, service_code, assessment_id, measure_id, scale_id, utility, days_from_index
from utilities_ranked
where nth_from_last = 1
