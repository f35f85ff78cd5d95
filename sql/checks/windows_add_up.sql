-- Windows that run backwards, reach outside the data, or whose days are not the distance between their edges.
select usage_windows.person_key, usage_windows.service_code
from usage_windows
cross join settings
where usage_windows.before_start_day > usage_windows.index_day
    or usage_windows.after_end_day < usage_windows.index_day
    or usage_windows.days_before <> usage_windows.index_day - usage_windows.before_start_day
    or usage_windows.days_after <> usage_windows.after_end_day - usage_windows.index_day
    or (usage_windows.days_before > 0 and usage_windows.before_start_day < settings.data_start_day)
    or (usage_windows.days_after > 0 and usage_windows.after_end_day > settings.data_end_day + 1)
