-- Rows with no month left out that differ from usage_person; rows that gain events or days before by leaving months out, or
-- whose after differs.
select
    usage_excluded_months.person_key,
    usage_excluded_months.service_code,
    usage_excluded_months.event_type,
    usage_excluded_months.excluded_months
from usage_excluded_months
join usage_person
    on usage_person.person_key = usage_excluded_months.person_key
    and usage_person.service_code = usage_excluded_months.service_code
    and usage_person.event_type = usage_excluded_months.event_type
where usage_excluded_months.events_before > usage_person.events_before
    or usage_excluded_months.days_before > usage_person.days_before
    or usage_excluded_months.events_after <> usage_person.events_after
    or usage_excluded_months.days_after <> usage_person.days_after
    or (
        usage_excluded_months.excluded_months = 0
        and (
            usage_excluded_months.events_before <> usage_person.events_before
            or usage_excluded_months.days_before <> usage_person.days_before
        )
    )
