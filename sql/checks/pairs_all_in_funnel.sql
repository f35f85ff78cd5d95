-- Measures of services whose baselines and pairs are not as many in the funnel as among the pairs.
with

pairs_counted as (

    select service_code, measure_id, scale_id, count(*) as n_baseline, count(post_day) as n_paired
    from pairs_own
    group by service_code, measure_id, scale_id
    union all
    select service_code, measure_id, scale_id, count(*) as n_baseline, count(post_day) as n_paired
    from pairs_category
    group by service_code, measure_id, scale_id

),

funnel_counted as (

    select service_code, measure_id, scale_id, sum(has_baseline) as n_baseline, sum(has_pair) as n_paired
    from outcome_funnel
    group by service_code, measure_id, scale_id

)

select pairs_counted.service_code, pairs_counted.measure_id, pairs_counted.scale_id
from pairs_counted
left join funnel_counted
    on funnel_counted.service_code = pairs_counted.service_code
    and funnel_counted.measure_id = pairs_counted.measure_id
    and funnel_counted.scale_id = pairs_counted.scale_id
where pairs_counted.n_baseline <> coalesce(funnel_counted.n_baseline, 0)
    or pairs_counted.n_paired <> coalesce(funnel_counted.n_paired, 0)
