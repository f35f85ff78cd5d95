-- One row per scored assessment and scale, with the episode that takes it; episode_id null where none does.
-- A score that names a loaded referral goes to that referral's episode, if it is the same person's. Any other goes to the
-- person's episode in the service whose days, widened by the two assessment allowances, hold it; of several, to the one
-- that started last, then to the greatest episode_id.
-- index: episode_id, measure_id, scale_id, assessed_day, assessment_id
with

episodes_that_fit_ranked as (

    select
        int_scores_resolved.assessment_id,
        int_scores_resolved.scale_id,
        int_episodes.episode_id,
        row_number() over (
            partition by int_scores_resolved.assessment_id, int_scores_resolved.scale_id
            order by int_episodes.start_day desc, int_episodes.episode_id desc
        ) as nth
    from int_scores_resolved
    cross join settings
    join int_episodes
        on int_episodes.person_key = int_scores_resolved.person_key
        and int_episodes.service_code = int_scores_resolved.service_code
        and int_episodes.start_day - settings.assessment_days_before_start <= int_scores_resolved.assessed_day
        and coalesce(int_episodes.end_day, settings.data_end_day) + settings.assessment_days_after_end
        >= int_scores_resolved.assessed_day
    where int_scores_resolved.referral_record_id is null

),

episodes_chosen as (

    select assessment_id, scale_id, episode_id
    from episodes_that_fit_ranked
    where nth = 1

    union all

    select
        int_scores_resolved.assessment_id,
        int_scores_resolved.scale_id,
        int_referrals_grouped_to_episodes.episode_id
    from int_scores_resolved
    join int_referrals_grouped_to_episodes
        on int_referrals_grouped_to_episodes.referral_record_id = int_scores_resolved.referral_record_id
        and int_referrals_grouped_to_episodes.person_key = int_scores_resolved.person_key

)

select
    int_scores_resolved.assessment_id,
    int_scores_resolved.scale_id,
    int_scores_resolved.measure_id,
    int_scores_resolved.nhs_identity_key,
    int_scores_resolved.local_identity_key,
    int_scores_resolved.referral_ref,
    int_scores_resolved.service_code,
    int_scores_resolved.team,
    int_scores_resolved.assessed_date,
    int_scores_resolved.assessed_day,
    int_scores_resolved.score,
    int_scores_resolved.category,
    int_scores_resolved.score_status,
    int_scores_resolved.n_answered,
    int_scores_resolved.n_expected,
    int_scores_resolved.method,
    int_scores_resolved.basis,
    int_scores_resolved.person_key,
    episodes_chosen.episode_id
from int_scores_resolved
left join episodes_chosen
    on episodes_chosen.assessment_id = int_scores_resolved.assessment_id
    and episodes_chosen.scale_id = int_scores_resolved.scale_id
