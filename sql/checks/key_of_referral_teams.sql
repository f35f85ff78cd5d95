-- Keys that more than one row of stg_referral_teams has.
select service_code, referral_ref, count(*) as n_rows
from stg_referral_teams
group by service_code, referral_ref
having count(*) > 1
