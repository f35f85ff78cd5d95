-- Keys that more than one row of pairs_talking_therapies has.
select episode_id, count(*) as n_rows
from pairs_talking_therapies
group by episode_id
having count(*) > 1
