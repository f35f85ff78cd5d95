-- One row per episode that could have been rated for risk: the first rating, and the last that is at least min_pair_days later.
-- first_rating, last_rating: none, low, medium, high, very_high, or missing. A lone rating leaves the last one missing, and missing
-- is never taken for low. Of one day the highest rating counts.
-- Could have been: it started on or after the day of the first rating in its service (less assessment_days_before_start), or has
-- a rating. Ratings belong to the person's episode in the service whose days, widened by the assessment allowances, hold them; of
-- several, to the one that started last.
-- index: service_code
with

ratings_that_stand as (

    select
        risk_rating_record.risk_rating_id,
        cast(
            coalesce(risk_rating_record.nhs_identity_key, int_identities_linked.person_key) as integer
        ) as person_key,
        risk_rating_record.service_code,
        risk_rating_record.rated_day,
        case risk_rating_record.rating
            when 'none' then 0
            when 'low' then 1
            when 'medium' then 2
            when 'high' then 3
            else 4
        end as rating_level
    from risk_rating_record
    left join int_identities_linked
        on int_identities_linked.identity_key = risk_rating_record.local_identity_key
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = risk_rating_record.file_id
        and stg_rows_submitted.row_number = risk_rating_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

services_rated as (

    select service_code, min(rated_day) as first_rated_day
    from ratings_that_stand
    group by service_code

),

episodes_that_fit_ranked as (

    select
        ratings_that_stand.rated_day,
        ratings_that_stand.rating_level,
        episodes.episode_id,
        row_number() over (
            partition by ratings_that_stand.risk_rating_id
            order by episodes.start_day desc, episodes.episode_id desc
        ) as nth
    from ratings_that_stand
    cross join settings
    join episodes
        on episodes.person_key = ratings_that_stand.person_key
        and episodes.service_code = ratings_that_stand.service_code
        and episodes.start_day <= ratings_that_stand.rated_day + settings.assessment_days_before_start
        and coalesce(episodes.end_day, settings.data_end_day)
        >= ratings_that_stand.rated_day - settings.assessment_days_after_end

),

ratings_of_days as (

    select episode_id, rated_day, max(rating_level) as rating_level
    from episodes_that_fit_ranked
    where nth = 1
    group by episode_id, rated_day

),

days_ranked as (

    select
        *,
        row_number() over (partition by episode_id order by rated_day) as nth,
        count(*) over (partition by episode_id) as n_days,
        min(rated_day) over (partition by episode_id) as first_day
    from ratings_of_days

),

first_and_last as (

    select
        days_ranked.episode_id,
        max(case when nth = 1 then rating_level end) as first_level,
        max(
            case when nth = n_days and nth > 1 and rated_day - first_day >= settings.min_pair_days then rating_level end
        ) as last_level
    from days_ranked
    cross join settings
    group by days_ranked.episode_id

)

select
    episodes.episode_id,
    episodes.person_key,
    episodes.service_code,
    case first_and_last.first_level
        when 0 then 'none'
        when 1 then 'low'
        when 2 then 'medium'
        when 3 then 'high'
        when 4 then 'very_high'
        else 'missing'
    end as first_rating,
    case first_and_last.last_level
        when 0 then 'none'
        when 1 then 'low'
        when 2 then 'medium'
        when 3 then 'high'
        when 4 then 'very_high'
        else 'missing'
    end as last_rating
from episodes
cross join settings
join services_rated
    on services_rated.service_code = episodes.service_code
left join first_and_last
    on first_and_last.episode_id = episodes.episode_id
where first_and_last.episode_id is not null
    or episodes.start_day >= services_rated.first_rated_day - settings.assessment_days_before_start
