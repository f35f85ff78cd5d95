-- Pairs whose last score is too soon after the first, is the first again, or is missing in part.
select pairs_own.episode_id, pairs_own.measure_id, pairs_own.scale_id
from pairs_own
cross join settings
where pairs_own.post_day - pairs_own.pre_day < settings.min_pair_days
    or pairs_own.post_assessment_id = pairs_own.pre_assessment_id
    or (pairs_own.post_score is null and pairs_own.post_day is not null)
    or (pairs_own.post_score is not null and pairs_own.post_day is null)
    or (pairs_own.n_scores = 1 and pairs_own.post_day is not null)
