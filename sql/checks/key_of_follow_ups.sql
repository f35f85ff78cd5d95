-- Keys that more than one row of follow_ups has.
select episode_id, measure_id, scale_id, follow_up_months, count(*) as n_rows
from follow_ups
group by episode_id, measure_id, scale_id, follow_up_months
having count(*) > 1
