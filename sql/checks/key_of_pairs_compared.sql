-- Keys that more than one row of pairs_compared has.
select service_code, measure_id, scale_id, person_key, count(*) as n_rows
from pairs_compared
group by service_code, measure_id, scale_id, person_key
having count(*) > 1
