-- Keys that more than one row of pairs_national has.
select referral_record_id, measure_id, scale_id, count(*) as n_rows
from pairs_national
group by referral_record_id, measure_id, scale_id
having count(*) > 1
