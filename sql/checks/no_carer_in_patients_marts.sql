-- Carers with an episode, a pair or a window of their own.
with

people_in_marts as (

    select person_key from episodes
    union
    select person_key from pairs_own
    union
    select person_key from pairs_category
    union
    select person_key from pairs_national
    union
    select person_key from usage_windows
    union
    select person_key from outcome_timepoints

)

select people_in_marts.person_key
from people_in_marts
left join persons
    on persons.person_key = people_in_marts.person_key
where persons.person_key is null or persons.person_type <> 'patient'
