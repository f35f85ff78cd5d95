-- Keys that more than one row of int_measures_started has.
select service_code, measure_id, count(*) as n_rows
from int_measures_started
group by service_code, measure_id
having count(*) > 1
