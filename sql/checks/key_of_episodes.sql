-- Keys that more than one row of episodes has.
select episode_id, count(*) as n_rows
from episodes
group by episode_id
having count(*) > 1
