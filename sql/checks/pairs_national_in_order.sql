-- National pairs with a follow-up before its baseline, or with no baseline; outside parity mode, also of the baseline's day.
select referral_record_id, measure_id, scale_id
from pairs_national
where (post_score is not null and pre_score is null)
    or post_day < pre_day
    or (is_parity = 0 and post_day = pre_day)
