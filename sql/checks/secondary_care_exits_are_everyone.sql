-- People of services with teams that are not secondary care who have no exit, or an exit without its days.
select int_team_stays.person_key, int_team_stays.service_code
from int_team_stays
join int_people_in_sight
    on int_people_in_sight.person_key = int_team_stays.person_key
left join secondary_care_exits
    on secondary_care_exits.person_key = int_team_stays.person_key
    and secondary_care_exits.service_code = int_team_stays.service_code
where int_team_stays.is_secondary_care = 0
    and coalesce(int_people_in_sight.death_day, int_people_in_sight.unseen_day - 1) >= int_team_stays.start_day
    and exists (select 1 from team_level where team_level.is_secondary_care = 1)
    and (
        secondary_care_exits.exit is null
        or (secondary_care_exits.exit <> 'already' and coalesce(secondary_care_exits.days, -1) < 0)
    )
