-- Files whose records or lines do not add up, as counted while reading and as the tables stand.
with

rows_of_files as (

    select
        file_id,
        count(*) as n_records,
        sum(case when outcome = 'loaded' then 1 else 0 end) as n_loaded,
        sum(case when outcome = 'duplicate' then 1 else 0 end) as n_duplicates,
        sum(case when outcome = 'quarantined' then 1 else 0 end) as n_quarantined
    from import_row
    group by file_id

)

select import_file.file_id
from import_file
left join rows_of_files
    on rows_of_files.file_id = import_file.file_id
where import_file.n_records <> import_file.n_loaded + import_file.n_duplicates + import_file.n_quarantined
    or import_file.n_physical_lines
    <> import_file.n_heading_lines + import_file.n_blank_lines + import_file.n_other_lines + import_file.n_record_lines
    or import_file.n_records <> coalesce(rows_of_files.n_records, 0)
    or import_file.n_loaded <> coalesce(rows_of_files.n_loaded, 0)
    or import_file.n_duplicates <> coalesce(rows_of_files.n_duplicates, 0)
    or import_file.n_quarantined <> coalesce(rows_of_files.n_quarantined, 0)
