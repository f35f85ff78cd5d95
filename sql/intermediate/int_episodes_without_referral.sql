-- One row per patient and service with scores but no referral at all: a small service's spreadsheet of scores.
-- The first score starts an episode that stays open. episode_id is the first assessment's, made negative, so that it never
-- meets a referral's.
with

referred_people as (

    select person_key, service_code
    from int_referrals_resolved
    where person_key is not null
    group by person_key, service_code

),

assessments_without_referral as (

    select
        int_assessments_resolved.person_key,
        int_assessments_resolved.service_code,
        int_assessments_resolved.assessment_id,
        int_assessments_resolved.assessed_date,
        int_assessments_resolved.assessed_day,
        int_assessments_resolved.team
    from int_assessments_resolved
    join persons
        on persons.person_key = int_assessments_resolved.person_key
    left join referred_people
        on referred_people.person_key = int_assessments_resolved.person_key
        and referred_people.service_code = int_assessments_resolved.service_code
    where referred_people.person_key is null and persons.person_type = 'patient'

),

assessments_ranked as (

    select
        *,
        row_number() over (
            partition by person_key, service_code
            order by assessed_day, assessment_id
        ) as nth
    from assessments_without_referral

)

select
    cast(-assessment_id as integer) as episode_id,
    person_key,
    service_code,
    team,
    assessed_day as start_day,
    assessed_date as start_date
from assessments_ranked
where nth = 1
