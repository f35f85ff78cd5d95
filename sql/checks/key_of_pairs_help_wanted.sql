-- Keys that more than one row of pairs_help_wanted has.
select episode_id, scale_id, count(*) as n_rows
from pairs_help_wanted
group by episode_id, scale_id
having count(*) > 1
