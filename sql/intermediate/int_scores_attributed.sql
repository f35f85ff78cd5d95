-- One row per score that can be used (a number, scored, not set aside: dq_scores_set_aside) and that tells of an episode: of the one
-- that takes its questionnaire; else, where none does and it names no referral, of the person's last episode in the
-- service which ended before its day (of two that ended on one day, the greater episode_id).
-- index: episode_id, measure_id, scale_id, assessed_day, assessment_id
with

usable as (

    select
        int_scores_placed.*,
        int_assessments_resolved.referral_record_id
    from int_scores_placed
    join int_assessments_resolved
        on int_assessments_resolved.assessment_id = int_scores_placed.assessment_id
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where int_scores_placed.score_status = 'scored'
        and int_scores_placed.score is not null
        and dq_scores_set_aside.assessment_id is null

),

episodes_before_ranked as (

    select
        usable.*,
        ended_episodes.episode_id as ended_episode_id,
        row_number() over (
            partition by usable.assessment_id, usable.scale_id
            order by ended_episodes.end_day desc, ended_episodes.episode_id desc
        ) as nth
    from usable
    left join int_episodes as ended_episodes
        on ended_episodes.person_key = usable.person_key
        and ended_episodes.service_code = usable.service_code
        and ended_episodes.end_day < usable.assessed_day
        and usable.episode_id is null
        and usable.referral_record_id is null

)

select
    assessment_id,
    scale_id,
    cast(coalesce(episode_id, ended_episode_id) as integer) as episode_id,
    measure_id,
    assessed_date,
    assessed_day,
    score,
    basis
from episodes_before_ranked
where nth = 1
    and coalesce(episode_id, ended_episode_id) is not null
