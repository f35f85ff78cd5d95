-- One row per person, service and month before (-12 … -1) or after (0 … 11) their index day: [start_day, end_day), the part
-- of the month inside the person's windows. person_days is 0 where none is; end_day is then not after start_day.
-- index: person_key, service_code
with

months as (

    select
        usage_windows.person_key,
        usage_windows.service_code,
        month_starts.month_offset,
        case
            when month_starts.edge_day < usage_windows.before_start_day then usage_windows.before_start_day
            else month_starts.edge_day
        end as start_day,
        case
            when month_ends.edge_day > usage_windows.after_end_day then usage_windows.after_end_day
            else month_ends.edge_day
        end as end_day
    from usage_windows
    join month_edge as month_starts
        on month_starts.index_day = usage_windows.index_day
        and month_starts.month_offset between -12 and 11
    join month_edge as month_ends
        on month_ends.index_day = usage_windows.index_day
        and month_ends.month_offset = month_starts.month_offset + 1

)

select
    person_key,
    service_code,
    month_offset,
    start_day,
    end_day,
    case when end_day > start_day then end_day - start_day else 0 end as person_days
from months
