-- One row per service and calendar month, from the first in which anybody was referred to the end of the data: who came and what happened.
-- n_referred: referrals of patients, copies once; n_not_accepted: those of them that were rejected. The rest is of episodes with a
-- referral: n_began in the
-- month, n_first_seen for the first time in it, n_ended in it, and n_open when it ended. Open at the end of a month are those open at the
-- end of the last, and those that began, less those that ended. month: YYYY-MM.
-- index: service_code, first_day
with

days_of_services as (

    select service_code, referral_day as day, 1 as n_referred, 0 as n_not_accepted, 0 as n_began, 0 as n_first_seen, 0 as n_ended
    from int_referrals_resolved
    join persons
        on persons.person_key = int_referrals_resolved.person_key
    where persons.person_type = 'patient'

    union all

    select service_code, referral_day, 0, 1, 0, 0, 0
    from int_referrals_resolved
    join persons
        on persons.person_key = int_referrals_resolved.person_key
    where persons.person_type = 'patient' and rejected_day is not null

    union all

    select service_code, start_day, 0, 0, 1, 0, 0
    from episodes
    where referral_day is not null

    union all

    select service_code, first_contact_day, 0, 0, 0, 1, 0
    from episodes
    where referral_day is not null and first_contact_day is not null

    union all

    select service_code, end_day, 0, 0, 0, 0, 1
    from episodes
    where referral_day is not null and end_day is not null

),

days_added_up as (

    select
        service_code,
        day,
        sum(n_referred) as n_referred,
        sum(n_not_accepted) as n_not_accepted,
        sum(n_began) as n_began,
        sum(n_first_seen) as n_first_seen,
        sum(n_ended) as n_ended
    from days_of_services
    cross join settings
    where day <= settings.data_end_day
    group by service_code, day

),

services as (

    select service_code, min(case when n_referred > 0 then day end) as first_day
    from days_added_up
    group by service_code

),

months_added_up as (

    select
        services.service_code,
        calendar_month.first_day,
        calendar_month.month,
        coalesce(sum(days_added_up.n_referred), 0) as n_referred,
        coalesce(sum(days_added_up.n_not_accepted), 0) as n_not_accepted,
        coalesce(sum(days_added_up.n_began), 0) as n_began,
        coalesce(sum(days_added_up.n_first_seen), 0) as n_first_seen,
        coalesce(sum(days_added_up.n_ended), 0) as n_ended
    from services
    join calendar_month
        on calendar_month.next_day > services.first_day
        and calendar_month.first_day > services.first_day - 31
    left join days_added_up
        on days_added_up.service_code = services.service_code
        and days_added_up.day >= calendar_month.first_day
        and days_added_up.day < calendar_month.next_day
    group by services.service_code, calendar_month.first_day, calendar_month.month

)

select
    service_code,
    first_day,
    month,
    cast(n_referred as integer) as n_referred,
    cast(n_not_accepted as integer) as n_not_accepted,
    cast(n_began as integer) as n_began,
    cast(n_first_seen as integer) as n_first_seen,
    cast(n_ended as integer) as n_ended,
    cast(
        sum(n_began - n_ended) over (
            partition by service_code
            order by first_day
            rows between unbounded preceding and current row
        ) as integer
    ) as n_open
from months_added_up
