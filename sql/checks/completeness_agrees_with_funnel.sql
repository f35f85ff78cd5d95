-- Measures of services that the data-quality page counts other episodes for than the funnel does.
with

episodes_of_funnel as (

    select
        service_code,
        measure_id,
        episode_id,
        max(has_baseline) as has_baseline,
        max(has_pair) as has_pair
    from outcome_funnel
    group by service_code, measure_id, episode_id

),

funnel_counted as (

    select
        service_code,
        measure_id,
        count(*) as n_eligible,
        sum(has_baseline) as n_first,
        sum(has_pair) as n_two
    from episodes_of_funnel
    group by service_code, measure_id

),

completeness_counted as (

    select
        service_code,
        measure_id,
        sum(n_eligible) as n_eligible,
        sum(n_first) as n_first,
        sum(n_two) as n_two
    from dq_completeness
    group by service_code, measure_id

)

select funnel_counted.service_code, funnel_counted.measure_id
from funnel_counted
left join completeness_counted
    on completeness_counted.service_code = funnel_counted.service_code
    and completeness_counted.measure_id = funnel_counted.measure_id
where funnel_counted.n_eligible <> coalesce(completeness_counted.n_eligible, 0)
    or funnel_counted.n_first <> coalesce(completeness_counted.n_first, 0)
    or funnel_counted.n_two <> coalesce(completeness_counted.n_two, 0)
