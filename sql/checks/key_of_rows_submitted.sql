-- Keys that more than one row of stg_rows_submitted has.
select file_id, row_number, count(*) as n_rows
from stg_rows_submitted
group by file_id, row_number
having count(*) > 1
