-- People with an episode in a service who are in none of its arms, and people in an arm without an episode: nobody is lost or gained.
select episodes.person_key, episodes.service_code
from episodes
left join person_arms
    on person_arms.person_key = episodes.person_key
    and person_arms.service_code = episodes.service_code
where person_arms.person_key is null
union all
select person_arms.person_key, person_arms.service_code
from person_arms
left join episodes
    on episodes.person_key = person_arms.person_key
    and episodes.service_code = person_arms.service_code
where episodes.person_key is null
