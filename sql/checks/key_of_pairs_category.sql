-- Keys that more than one row of pairs_category has.
select episode_id, measure_id, scale_id, count(*) as n_rows
from pairs_category
group by episode_id, measure_id, scale_id
having count(*) > 1
