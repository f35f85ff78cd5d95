-- One row per use of another service by a person who had joined, on a day when it could be seen (int_people_followed); only types
-- that were supplied for the service. Use by a person of two services is in both. What overlaps another event is out (int_events_merged);
-- contacts with other teams are not in it.
-- index: event_day
select
    int_people_followed.service_code,
    int_events_resolved.event_type,
    int_events_resolved.event_id,
    int_events_resolved.person_key,
    int_events_resolved.start_day as event_day
from int_people_followed
join usage_coverage
    on usage_coverage.service_code = int_people_followed.service_code
join int_events_resolved
    on int_events_resolved.person_key = int_people_followed.person_key
    and int_events_resolved.event_type = usage_coverage.event_type
    and int_events_resolved.start_day >= int_people_followed.from_day
    and int_events_resolved.start_day < int_people_followed.to_day
left join int_events_merged
    on int_events_merged.event_id = int_events_resolved.event_id
    and int_events_merged.service_code = int_people_followed.service_code
where int_events_merged.event_id is null
