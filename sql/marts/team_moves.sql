-- One row per move of a person from one team to another: the second stay began within transfer_days of the end of the first, before
-- or after it, and did not end before it. A stay leads to one move at most and comes of one at most: of several, the nearest in days.
-- days_in_team: the first stay, from start to end. days_between: from its end to the start of the second; below zero where they
-- overlapped.
-- days_to_return: until the person was next referred to the team they came from; null: not seen to be.
-- days_followed: from the move until death, a move away or the end of the data.
-- index: from_service_code
-- index: to_service_code
with

possible_moves as (

    select
        from_stays.stay_id as from_stay_id,
        to_stays.stay_id as to_stay_id,
        abs(to_stays.start_day - from_stays.end_day) as days_apart,
        from_stays.nth as from_nth,
        to_stays.nth as to_nth
    from int_team_stays as from_stays
    cross join settings
    join int_team_stays as to_stays
        on to_stays.person_key = from_stays.person_key
        and to_stays.nth > from_stays.nth
        and (to_stays.service_code <> from_stays.service_code or to_stays.team_key <> from_stays.team_key)
    where to_stays.start_day >= from_stays.end_day - settings.transfer_days
        and to_stays.start_day <= from_stays.end_day + settings.transfer_days
        and coalesce(to_stays.end_day, 9999999) >= from_stays.end_day

),

possible_moves_ranked as (

    select
        from_stay_id,
        to_stay_id,
        row_number() over (partition by from_stay_id order by days_apart, to_nth) as nth_onward,
        row_number() over (partition by to_stay_id order by days_apart, from_nth desc) as nth_back
    from possible_moves

)

select
    to_stays.stay_id as to_stay_id,
    from_stays.stay_id as from_stay_id,
    from_stays.person_key,
    from_stays.service_code as from_service_code,
    from_stays.team as from_team,
    to_stays.service_code as to_service_code,
    to_stays.team as to_team,
    case
        when from_stays.step is null or to_stays.step is null then 'not_known'
        when to_stays.step > from_stays.step then 'up'
        when to_stays.step < from_stays.step then 'down'
        else 'same'
    end as direction,
    to_stays.start_day as moved_day,
    from_stays.end_day - from_stays.start_day as days_in_team,
    to_stays.start_day - from_stays.end_day as days_between,
    (
        select min(later_stays.start_day)
        from int_team_stays as later_stays
        where later_stays.person_key = from_stays.person_key
            and later_stays.nth > to_stays.nth
            and later_stays.service_code = from_stays.service_code
            and later_stays.team_key = from_stays.team_key
    ) - to_stays.start_day as days_to_return,
    coalesce(int_people_in_sight.death_day, int_people_in_sight.unseen_day - 1) - to_stays.start_day as days_followed
from possible_moves_ranked
join int_team_stays as from_stays
    on from_stays.stay_id = possible_moves_ranked.from_stay_id
join int_team_stays as to_stays
    on to_stays.stay_id = possible_moves_ranked.to_stay_id
join int_people_in_sight
    on int_people_in_sight.person_key = from_stays.person_key
where possible_moves_ranked.nth_onward = 1 and possible_moves_ranked.nth_back = 1
