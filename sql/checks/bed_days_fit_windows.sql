-- People with more days in hospital of one kind than days.
select person_key, service_code, event_type
from usage_person
where bed_days_before < 0
    or bed_days_before > days_before
    or bed_days_after < 0
    or bed_days_after > days_after
