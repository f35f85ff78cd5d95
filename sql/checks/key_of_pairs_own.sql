-- Keys that more than one row of pairs_own has.
select episode_id, measure_id, scale_id, count(*) as n_rows
from pairs_own
group by episode_id, measure_id, scale_id
having count(*) > 1
