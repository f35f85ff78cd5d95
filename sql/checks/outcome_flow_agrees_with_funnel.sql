-- Measures of services whose stages do not add up: more at a later stage than before it, or other totals than the funnel's.
select service_code, measure_id, scale_id, 'not nested' as broken
from outcome_flow
where n_entry > n_eligible
    or n_later > n_entry
    or n_ended > n_entry
    or n_end > n_ended
    or n_end > n_later

union all

select flow_totals.service_code, flow_totals.measure_id, flow_totals.scale_id, 'other totals' as broken
from (
    select service_code, measure_id, scale_id, sum(n_eligible) as n_eligible, sum(n_entry) as n_entry
    from outcome_flow
    group by service_code, measure_id, scale_id
) as flow_totals
join (
    select service_code, measure_id, scale_id, count(*) as n_eligible, sum(has_baseline) as n_entry
    from outcome_funnel
    group by service_code, measure_id, scale_id
) as funnel_totals
    on funnel_totals.service_code = flow_totals.service_code
    and funnel_totals.measure_id = flow_totals.measure_id
    and funnel_totals.scale_id = flow_totals.scale_id
where flow_totals.n_eligible <> funnel_totals.n_eligible
    or flow_totals.n_entry <> funnel_totals.n_entry
