-- Keys that more than one row of outcome_funnel has.
select episode_id, measure_id, scale_id, count(*) as n_rows
from outcome_funnel
group by episode_id, measure_id, scale_id
having count(*) > 1
