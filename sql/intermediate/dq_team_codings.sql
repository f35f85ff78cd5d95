-- One row per service, team, measure and way of coming (form: a whole questionnaire; item: one answer a record) whose answers
-- are all on one range: how many hold the highest answer, how many the lowest, beside those of all other teams.
-- is_suspected: of 20 or more none holds the highest answer (or none the lowest), although seven would be expected if the team
-- were like the others, or although a tenth of the rows of its files were held back for an answer out of range. A scale of 1
-- to 7 that is coded 0 to 6 looks like this. With seven expected, to find none by chance is less likely than one in a thousand.
-- is_confirmed: the project says that the coding is right. team null: not recorded; such forms are one team of the service.
-- index: service_code, measure_id
with

out_of_range_by_file as (

    select file_id, count(distinct row_number) as n_rows
    from quarantine_row
    where code in ('answer_out_of_range', 'score_out_of_range')
    group by file_id

),

answers_of_records as (

    select
        stg_assessments_dated.file_id,
        stg_assessments_dated.service_code,
        stg_assessments_dated.team,
        stg_assessments_dated.measure_id,
        case when stg_assessments_dated.items is null then 'item' else 'form' end as came_as,
        case
            when (',' || stg_assessments_dated.items || ',') like ('%,' || answer_range.highest || ',%') then 1
            when stg_assessments_dated.items is null and stg_assessments_dated.supplied_score = answer_range.highest then 1
            else 0
        end as has_highest,
        case
            when (',' || stg_assessments_dated.items || ',') like ('%,' || answer_range.lowest || ',%') then 1
            when stg_assessments_dated.items is null and stg_assessments_dated.supplied_score = answer_range.lowest then 1
            else 0
        end as has_lowest
    from stg_assessments_dated
    join answer_range
        on answer_range.measure_id = stg_assessments_dated.measure_id
    where stg_assessments_dated.items is not null
        or stg_assessments_dated.supplied_scale like 'item^_%' escape '^'
        or stg_assessments_dated.supplied_scale like 'goal^_%' escape '^'

),

teams_in_files as (

    select
        file_id,
        service_code,
        team,
        measure_id,
        came_as,
        count(*) as n_forms,
        sum(has_highest) as n_highest,
        sum(has_lowest) as n_lowest
    from answers_of_records
    group by file_id, service_code, team, measure_id, came_as

),

teams as (

    select
        teams_in_files.service_code,
        teams_in_files.team,
        teams_in_files.measure_id,
        teams_in_files.came_as,
        sum(teams_in_files.n_forms) as n_forms,
        sum(teams_in_files.n_highest) as n_highest,
        sum(teams_in_files.n_lowest) as n_lowest,
        sum(coalesce(out_of_range_by_file.n_rows, 0)) as n_rows_out_of_range,
        sum(import_file.n_records) as n_rows
    from teams_in_files
    join import_file
        on import_file.file_id = teams_in_files.file_id
    left join out_of_range_by_file
        on out_of_range_by_file.file_id = teams_in_files.file_id
    group by
        teams_in_files.service_code,
        teams_in_files.team,
        teams_in_files.measure_id,
        teams_in_files.came_as

),

teams_beside_others as (

    select
        *,
        sum(n_forms) over (partition by measure_id, came_as) - n_forms as n_other_forms,
        sum(n_highest) over (partition by measure_id, came_as) - n_highest as n_other_highest,
        sum(n_lowest) over (partition by measure_id, came_as) - n_lowest as n_other_lowest
    from teams

),

judged as (

    select
        *,
        case
            when n_highest > 0 then 0
            when n_forms * n_other_highest >= 7 * n_other_forms and n_other_forms > 0 then 1
            when 10 * n_rows_out_of_range >= n_rows and n_rows_out_of_range > 0 then 1
            else 0
        end as is_never_highest,
        case
            when n_lowest > 0 then 0
            when n_forms * n_other_lowest >= 7 * n_other_forms and n_other_forms > 0 then 1
            when 10 * n_rows_out_of_range >= n_rows and n_rows_out_of_range > 0 then 1
            else 0
        end as is_never_lowest
    from teams_beside_others

)

select
    service_code,
    team,
    measure_id,
    came_as,
    cast(n_forms as integer) as n_forms,
    cast(n_highest as integer) as n_highest,
    cast(n_lowest as integer) as n_lowest,
    cast(n_other_forms as integer) as n_other_forms,
    cast(n_other_highest as integer) as n_other_highest,
    cast(n_other_lowest as integer) as n_other_lowest,
    cast(n_rows_out_of_range as integer) as n_rows_out_of_range,
    is_never_highest,
    is_never_lowest,
    case when n_forms >= 20 and is_never_highest + is_never_lowest > 0 then 1 else 0 end as is_suspected,
    case
        when exists (
            select 1
            from confirmed_coding
            where confirmed_coding.service_code = judged.service_code
                and confirmed_coding.measure_id = judged.measure_id
                and (confirmed_coding.team = '' or confirmed_coding.team = judged.team)
        ) then 1
        else 0
    end as is_confirmed
from judged
