-- People with an index day but no window: their index day has no month edges stored.
select index_people.person_key, index_people.service_code
from index_people
left join usage_windows
    on usage_windows.person_key = index_people.person_key
    and usage_windows.service_code = index_people.service_code
where usage_windows.person_key is null
