-- Rows of usage_earlier_year without time, with more time than a window can have, or whose after is not that of usage_person.
select usage_earlier_year.person_key, usage_earlier_year.service_code, usage_earlier_year.event_type
from usage_earlier_year
cross join settings
left join usage_person
    on usage_person.person_key = usage_earlier_year.person_key
    and usage_person.service_code = usage_earlier_year.service_code
    and usage_person.event_type = usage_earlier_year.event_type
where usage_earlier_year.days_earlier <= 0
    or usage_earlier_year.days_earlier > 31 * settings.window_months
    or usage_earlier_year.events_earlier < 0
    or usage_person.person_key is null
    or usage_earlier_year.days_after <> usage_person.days_after
    or usage_earlier_year.events_after <> usage_person.events_after
