-- One row per patient with a stay: the first day on which no more could be seen of them, by death, a move or the end of the data.
-- death_day null: alive as far as is known, or died after moving away.
-- index: person_key
select
    persons.person_key,
    case
        when persons.death_day <= coalesce(persons.moved_day, persons.death_day)
            and persons.death_day <= settings.data_end_day then persons.death_day
    end as death_day,
    case
        when persons.moved_day <= settings.data_end_day then persons.moved_day
        else settings.data_end_day + 1
    end as unseen_day
from persons
cross join settings
where persons.person_key in (select person_key from int_team_stays)
