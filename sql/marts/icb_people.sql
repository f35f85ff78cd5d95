-- One row per integrated care board that the project names for a service, and patient with an episode in any of its services. Whoever
-- has been in two of them is one person. n_services: in how many. is_recent: 1 where an episode was open on any of the last 365
-- days of the data; n_recent_services: in how many services.
-- index: icb_code
with

services_of_people as (

    select
        service.icb_code,
        episodes.person_key,
        episodes.service_code,
        max(
            case when coalesce(episodes.end_day, settings.data_end_day) > settings.data_end_day - 365 then 1 else 0 end
        ) as is_recent
    from episodes
    cross join settings
    join service
        on service.service_code = episodes.service_code
    where service.icb_code is not null
    group by service.icb_code, episodes.person_key, episodes.service_code

)

select
    icb_code,
    person_key,
    cast(count(*) as integer) as n_services,
    cast(max(is_recent) as integer) as is_recent,
    cast(sum(is_recent) as integer) as n_recent_services
from services_of_people
group by icb_code, person_key
