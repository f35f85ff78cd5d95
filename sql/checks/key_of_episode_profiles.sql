-- Keys that more than one row of episode_profiles has.
select episode_id, count(*) as n_rows
from episode_profiles
group by episode_id
having count(*) > 1
