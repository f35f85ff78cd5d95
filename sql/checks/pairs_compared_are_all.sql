-- Services and scales of the national rule whose pairs do not add up: by either rule, each pair is one compared person's.
with

pairs_by_either_rule as (

    select
        pairs_own.service_code,
        pairs_own.measure_id,
        pairs_own.scale_id,
        1 as n_own,
        0 as n_national
    from pairs_own
    join measure_scale
        on measure_scale.measure_id = pairs_own.measure_id
        and measure_scale.scale_id = pairs_own.scale_id
    where measure_scale.national_change_points is not null and pairs_own.post_day is not null
    union all
    select service_code, measure_id, scale_id, 0 as n_own, 1 as n_national
    from pairs_national
    where is_counted = 1 and pre_score is not null and post_score is not null
    union all
    select service_code, measure_id, scale_id, -n_own_pairs as n_own, -n_national_pairs as n_national
    from pairs_compared

)

select service_code, measure_id, scale_id, sum(n_own) as n_own_left, sum(n_national) as n_national_left
from pairs_by_either_rule
group by service_code, measure_id, scale_id
having sum(n_own) <> 0 or sum(n_national) <> 0
