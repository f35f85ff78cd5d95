-- Keys that more than one row of utility_scores has.
select person_key, service_code, measure_id, scale_id, days_from_index, count(*) as n_rows
from utility_scores
group by person_key, service_code, measure_id, scale_id, days_from_index
having count(*) > 1
