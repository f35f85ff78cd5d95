-- One row per person and service with an index day: the days on which their use of other services could be seen.
-- before = [before_start_day, index_day), cut where the data begin. after = [index_day, after_end_day), stopped by death,
-- a move or the end of the data. The joining day belongs to after. Both are settings.window_months long where nothing cuts.
-- stop_reason: what ended the after window early, or none.
-- index: person_key, service_code
with

edges as (

    select
        index_people.person_key,
        index_people.service_code,
        index_people.index_day,
        before_edges.edge_day as before_edge_day,
        after_edges.edge_day as after_edge_day,
        persons.death_day,
        persons.moved_day,
        settings.data_start_day,
        settings.data_end_day + 1 as data_stop_day
    from settings
    cross join index_people
    join persons
        on persons.person_key = index_people.person_key
    join month_edge as before_edges
        on before_edges.index_day = index_people.index_day
        and before_edges.month_offset = -settings.window_months
    join month_edge as after_edges
        on after_edges.index_day = index_people.index_day
        and after_edges.month_offset = settings.window_months

),

stopped as (

    select
        *,
        -- of two on one day, the one named first is the reason
        case
            when death_day < after_edge_day
                and death_day <= data_stop_day
                and death_day <= coalesce(moved_day, death_day) then 'death'
            when moved_day < after_edge_day and moved_day <= data_stop_day then 'moved'
            when data_stop_day < after_edge_day then 'data_end'
            else 'none'
        end as stop_reason
    from edges

),

stop_days as (

    select
        *,
        case stop_reason
            when 'death' then death_day
            when 'moved' then moved_day
            when 'data_end' then data_stop_day
            else after_edge_day
        end as stop_day
    from stopped

),

clipped as (

    select
        *,
        case
            when data_start_day > index_day then index_day
            when data_start_day > before_edge_day then data_start_day
            else before_edge_day
        end as before_start_day,
        case when stop_day < index_day then index_day else stop_day end as after_end_day
    from stop_days

)

select
    person_key,
    service_code,
    index_day,
    before_start_day,
    after_end_day,
    index_day - before_start_day as days_before,
    after_end_day - index_day as days_after,
    stop_reason
from clipped
