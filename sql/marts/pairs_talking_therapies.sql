-- One row per episode with a scored PHQ-9 or GAD-7: first and last of each, as NHS Talking Therapies pairs them (whatever the days
-- between). *_first and *_last are null with fewer than two scores of that scale.
-- not_counted_reason: the first that applies of not_ended, under_two_contacts (attended; not asked where the service supplied no
-- contacts) and under_two_scores (of either scale); null: the episode counts in the national rates.
-- Source: A guide to IAPT data and publications v2.1.
-- index: service_code
with

usable_scores as (

    select int_scores_placed.*
    from int_scores_placed
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where int_scores_placed.measure_id in ('phq-9', 'gad-7')
        and int_scores_placed.scale_id = 'total'
        and int_scores_placed.score_status = 'scored'
        and int_scores_placed.score is not null
        and int_scores_placed.episode_id is not null
        and dq_scores_set_aside.assessment_id is null

),

scores_ranked as (

    select
        episode_id,
        measure_id,
        score,
        row_number() over (partition by episode_id, measure_id order by assessed_day, assessment_id) as nth,
        row_number() over (
            partition by episode_id, measure_id
            order by assessed_day desc, assessment_id desc
        ) as nth_last
    from usable_scores

),

first_and_last as (

    select
        episode_id,
        max(case when measure_id = 'phq-9' and nth = 1 and nth_last > 1 then score end) as phq_first,
        max(case when measure_id = 'phq-9' and nth > 1 and nth_last = 1 then score end) as phq_last,
        max(case when measure_id = 'gad-7' and nth = 1 and nth_last > 1 then score end) as adsm_first,
        max(case when measure_id = 'gad-7' and nth > 1 and nth_last = 1 then score end) as adsm_last
    from scores_ranked
    group by episode_id

)

select
    episode_profiles.episode_id,
    episode_profiles.person_key,
    episode_profiles.service_code,
    first_and_last.phq_first,
    first_and_last.phq_last,
    first_and_last.adsm_first,
    first_and_last.adsm_last,
    case
        when episodes.end_day is null or episodes.end_day > settings.data_end_day then 'not_ended'
        when episode_profiles.n_attended_contacts < 2 then 'under_two_contacts'
        when first_and_last.phq_first is null or first_and_last.adsm_first is null then 'under_two_scores'
    end as not_counted_reason
from first_and_last
cross join settings
join episodes
    on episodes.episode_id = first_and_last.episode_id
join episode_profiles
    on episode_profiles.episode_id = first_and_last.episode_id
