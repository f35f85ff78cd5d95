-- Keys that more than one row of int_referrals_resolved has.
select referral_record_id, count(*) as n_rows
from int_referrals_resolved
group by referral_record_id
having count(*) > 1
