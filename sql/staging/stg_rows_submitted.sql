-- One row per loaded record whose file says in which submission it came, or was superseded whole. submission_order: of two, the
-- greater is the later, by reporting period, then submission, then the day on which a feed took the record up; null where no record says.
-- is_superseded: 1 where a later submission of the same table, provider and reporting period was loaded. It stands in place of the
-- whole of the earlier one, so that what it does not send again is taken back. Also 1 where a later file was declared to stand in
-- this one's place (import_file.superseded_by).
-- index: file_id, row_number
with

rows_with_submissions as (

    select
        submission_row.file_id,
        submission_row.row_number,
        import_file.profile_id,
        import_file.superseded_by,
        coalesce(submission_row.provider_code, '') as provider_code,
        coalesce(submission_row.period_end_day, 0) as period_end_day,
        coalesce(submission_row.submission_number, 0) as submission_number,
        coalesce(submission_row.effective_day, 0) as effective_day
    from submission_row
    join import_file
        on import_file.file_id = submission_row.file_id

),

rows_of_superseded_files as (

    select import_row.file_id, import_row.row_number
    from import_file
    join import_row
        on import_row.file_id = import_file.file_id
    left join submission_row
        on submission_row.file_id = import_row.file_id
        and submission_row.row_number = import_row.row_number
    where import_file.superseded_by is not null
        and import_row.outcome = 'loaded'
        and submission_row.file_id is null

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
        max(case when superseded_by is null then submission_number end) over (
            partition by profile_id, provider_code, period_end_day
        ) as last_submission_number
    from rows_with_submissions

)

select
    rows_beside_the_last_submission.file_id,
    rows_beside_the_last_submission.row_number,
    submissions_ordered.submission_order,
    case
        when rows_beside_the_last_submission.superseded_by is not null then 1
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

union all

select file_id, row_number, cast(null as integer) as submission_order, 1 as is_superseded
from rows_of_superseded_files
