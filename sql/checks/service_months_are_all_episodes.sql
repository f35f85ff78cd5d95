-- Services whose months do not add up to their episodes: those that began, those that ended, and those still open at the end of the data.
with

months_added_up as (

    select service_code, sum(n_began) as n_began, sum(n_ended) as n_ended
    from service_months
    group by service_code

),

episodes_counted as (

    select
        episodes.service_code,
        count(*) as n_began,
        sum(case when episodes.end_day <= settings.data_end_day then 1 else 0 end) as n_ended
    from episodes
    cross join settings
    where episodes.referral_day is not null and episodes.start_day <= settings.data_end_day
    group by episodes.service_code

)

select episodes_counted.service_code
from episodes_counted
left join months_added_up
    on months_added_up.service_code = episodes_counted.service_code
where coalesce(months_added_up.n_began, -1) <> episodes_counted.n_began
    or coalesce(months_added_up.n_ended, -1) <> episodes_counted.n_ended
