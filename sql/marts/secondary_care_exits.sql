-- One row per person and service that is not secondary care, where the project names teams that are: what came first after the person's
-- first referral there. exit: secondary_care (referred there while with the service or within secondary_care_days of leaving), left
-- (secondary_care_days after leaving, without that), died, or still_open (last seen with no exit yet: moved away or the data ended).
-- already: with secondary care on the day of the first referral, so that it cannot be told; days is then null.
-- days: from the first referral to the exit.
-- index: service_code
with

stays_numbered as (

    select
        *,
        row_number() over (partition by person_key, service_code order by nth) as nth_with_service
    from int_team_stays
    where is_secondary_care = 0
        and (select max(is_secondary_care) from team_level) = 1

),

first_stays_with_exits as (

    select
        first_stays.person_key,
        first_stays.service_code,
        first_stays.start_day,
        (
            select max(1)
            from int_team_stays as earlier_stays
            where earlier_stays.person_key = first_stays.person_key
                and earlier_stays.is_secondary_care = 1
                and earlier_stays.nth < first_stays.nth
                and coalesce(earlier_stays.end_day, 9999999) >= first_stays.start_day
        ) as is_already,
        (
            select min(later_stays.start_day)
            from int_team_stays as later_stays
            where later_stays.person_key = first_stays.person_key
                and later_stays.is_secondary_care = 1
                and later_stays.nth > first_stays.nth
        ) as secondary_day,
        (
            select min(service_leavings.left_day)
            from service_leavings
            where service_leavings.person_key = first_stays.person_key
                and service_leavings.service_code = first_stays.service_code
                and service_leavings.left_day >= first_stays.start_day
        ) + settings.secondary_care_days as left_for_good_day,
        int_people_in_sight.death_day,
        int_people_in_sight.unseen_day
    from stays_numbered as first_stays
    cross join settings
    join int_people_in_sight
        on int_people_in_sight.person_key = first_stays.person_key
    where first_stays.nth_with_service = 1

),

exits_decided as (

    select
        *,
        case
            when is_already = 1 then 'already'
            when secondary_day <= coalesce(left_for_good_day, secondary_day)
                and secondary_day <= coalesce(death_day, secondary_day)
                and secondary_day < unseen_day then 'secondary_care'
            when death_day <= coalesce(left_for_good_day, death_day) then 'died'
            when left_for_good_day < unseen_day then 'left'
            else 'still_open'
        end as exit
    from first_stays_with_exits

)

select
    person_key,
    service_code,
    exit,
    case exit
        when 'secondary_care' then secondary_day - start_day
        when 'died' then death_day - start_day
        when 'left' then left_for_good_day - start_day
        when 'still_open' then unseen_day - 1 - start_day
    end as days
from exits_decided
where is_already = 1 or coalesce(death_day, unseen_day - 1) >= start_day
