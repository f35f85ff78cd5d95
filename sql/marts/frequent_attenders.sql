-- One row per service, rule of frequent attenders and pair of years: the second before joining and the first before it (-2), or the
-- one before and the one after (-1, first_year). People seen for the whole of both. n_both: frequent in both; n_first_only,
-- n_second_only, n_neither: the rest; the four are all of them.
-- uses_first, uses_second: uses in either year of those who were frequent in the first.
-- index: service_code
with

pairs_of_years as (

    select
        service_code,
        rule_number,
        -2 as first_year,
        case when n_uses_2_before >= at_least then 1 else 0 end as is_first,
        case when n_uses_1_before >= at_least then 1 else 0 end as is_second,
        n_uses_2_before as n_uses_first,
        n_uses_1_before as n_uses_second
    from int_years_around_joining
    where n_uses_2_before is not null and n_uses_1_before is not null

    union all

    select
        service_code,
        rule_number,
        -1 as first_year,
        case when n_uses_1_before >= at_least then 1 else 0 end as is_first,
        case when n_uses_after >= at_least then 1 else 0 end as is_second,
        n_uses_1_before as n_uses_first,
        n_uses_after as n_uses_second
    from int_years_around_joining
    where n_uses_1_before is not null and n_uses_after is not null

)

select
    service_code,
    rule_number,
    first_year,
    cast(sum(is_first * is_second) as integer) as n_both,
    cast(sum(is_first * (1 - is_second)) as integer) as n_first_only,
    cast(sum((1 - is_first) * is_second) as integer) as n_second_only,
    cast(sum((1 - is_first) * (1 - is_second)) as integer) as n_neither,
    cast(sum(is_first * n_uses_first) as integer) as uses_first,
    cast(sum(is_first * n_uses_second) as integer) as uses_second
from pairs_of_years
group by service_code, rule_number, first_year
