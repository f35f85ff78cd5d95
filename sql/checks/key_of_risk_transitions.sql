-- Keys that more than one row of risk_transitions has.
select episode_id, count(*) as n_rows
from risk_transitions
group by episode_id
having count(*) > 1
