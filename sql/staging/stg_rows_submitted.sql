-- One row per loaded record whose file says in which submission it came. submission_order: of two, the greater is the later, by
-- reporting period, then submission, then the day on which a feed took the record up.
-- is_superseded: 1 where a later submission of the same table, provider and reporting period was loaded. It stands in place of the
-- whole of the earlier one, so that what it does not send again is taken back.
-- index: file_id, row_number
with

rows_with_submissions as (

    select
        submission_row.file_id,
        submission_row.row_number,
        import_file.profile_id,
        coalesce(submission_row.provider_code, '') as provider_code,
        coalesce(submission_row.period_end_day, 0) as period_end_day,
        coalesce(submission_row.submission_number, 0) as submission_number,
        coalesce(submission_row.effective_day, 0) as effective_day
    from submission_row
    join import_file
        on import_file.file_id = submission_row.file_id

),

submissions_ordered as (

    select
        period_end_day,
        submission_number,
        effective_day,
        cast(row_number() over (order by period_end_day, submission_number, effective_day) as integer) as submission_order
    from rows_with_submissions
    group by period_end_day, submission_number, effective_day

),

rows_beside_the_last_submission as (

    select
        *,
        max(submission_number) over (
            partition by profile_id, provider_code, period_end_day
        ) as last_submission_number
    from rows_with_submissions

)

select
    rows_beside_the_last_submission.file_id,
    rows_beside_the_last_submission.row_number,
    submissions_ordered.submission_order,
    case
        when rows_beside_the_last_submission.period_end_day = 0 then 0
        when rows_beside_the_last_submission.submission_number = 0 then 0
        when rows_beside_the_last_submission.submission_number < last_submission_number then 1
        else 0
    end as is_superseded
from rows_beside_the_last_submission
join submissions_ordered
    on submissions_ordered.period_end_day = rows_beside_the_last_submission.period_end_day
    and submissions_ordered.submission_number = rows_beside_the_last_submission.submission_number
    and submissions_ordered.effective_day = rows_beside_the_last_submission.effective_day
