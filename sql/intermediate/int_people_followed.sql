-- One row per person and service with an index day: the days from joining on which their use of other services could be seen:
-- [from_day, to_day), from the day that recording began, until death, a move or the end of the data, however long that is.
-- Nobody without such a day is here.
-- index: person_key, service_code
with

days_of_people as (

    select
        index_people.person_key,
        index_people.service_code,
        case
            when settings.data_start_day > index_people.index_day then settings.data_start_day
            else index_people.index_day
        end as from_day,
        case
            when persons.death_day <= settings.data_end_day
                and persons.death_day <= coalesce(persons.moved_day, persons.death_day) then persons.death_day
            when persons.moved_day <= settings.data_end_day then persons.moved_day
            else settings.data_end_day + 1
        end as to_day
    from index_people
    cross join settings
    join persons
        on persons.person_key = index_people.person_key

)

select person_key, service_code, from_day, to_day
from days_of_people
where to_day > from_day
