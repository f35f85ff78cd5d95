-- One row per questionnaire that was scored, with the referral and the episode that take it; null where none does.
-- One that names a loaded referral belongs to that one and to its episode, if it is the same person's. Any other belongs to
-- the person's referral that was open in the service on its day (of several, the latest), and to the person's episode in the
-- service whose days, widened by the two assessment allowances, hold it; of several, to the one that started last, then to
-- the greatest episode_id.
-- index: assessment_id
with

referrals_that_fit_ranked as (

    select
        int_assessments_resolved.*,
        fitting_referrals.referral_record_id as fitting_referral_record_id,
        settings.assessment_days_before_start,
        settings.assessment_days_after_end,
        settings.data_end_day,
        row_number() over (
            partition by int_assessments_resolved.assessment_id
            order by fitting_referrals.referral_day desc, fitting_referrals.referral_record_id desc
        ) as nth
    from int_assessments_resolved
    cross join settings
    left join int_referrals_resolved as fitting_referrals
        on fitting_referrals.person_key = int_assessments_resolved.person_key
        and fitting_referrals.service_code = int_assessments_resolved.service_code
        and fitting_referrals.referral_day <= int_assessments_resolved.assessed_day
        and coalesce(fitting_referrals.discharge_day, settings.data_end_day) >= int_assessments_resolved.assessed_day
        and fitting_referrals.rejected_day is null
        and int_assessments_resolved.referral_record_id is null

),

episodes_that_fit_ranked as (

    select
        referrals_that_fit_ranked.assessment_id,
        referrals_that_fit_ranked.person_key,
        referrals_that_fit_ranked.referral_record_id,
        referrals_that_fit_ranked.fitting_referral_record_id,
        fitting_episodes.episode_id as fitting_episode_id,
        row_number() over (
            partition by referrals_that_fit_ranked.assessment_id
            order by fitting_episodes.start_day desc, fitting_episodes.episode_id desc
        ) as nth
    from referrals_that_fit_ranked
    left join int_episodes as fitting_episodes
        on fitting_episodes.person_key = referrals_that_fit_ranked.person_key
        and fitting_episodes.service_code = referrals_that_fit_ranked.service_code
        and fitting_episodes.start_day
        <= referrals_that_fit_ranked.assessed_day + referrals_that_fit_ranked.assessment_days_before_start
        and coalesce(fitting_episodes.end_day, referrals_that_fit_ranked.data_end_day)
        >= referrals_that_fit_ranked.assessed_day - referrals_that_fit_ranked.assessment_days_after_end
        and referrals_that_fit_ranked.referral_record_id is null
    where referrals_that_fit_ranked.nth = 1

)

select
    episodes_that_fit_ranked.assessment_id,
    episodes_that_fit_ranked.person_key,
    cast(
        coalesce(
            named_referrals.referral_record_id,
            episodes_that_fit_ranked.fitting_referral_record_id
        ) as integer
    ) as referral_record_id,
    cast(coalesce(named_episodes.episode_id, episodes_that_fit_ranked.fitting_episode_id) as integer) as episode_id
from episodes_that_fit_ranked
left join int_referrals_resolved as named_referrals
    on named_referrals.referral_record_id = episodes_that_fit_ranked.referral_record_id
    and named_referrals.person_key = episodes_that_fit_ranked.person_key
left join int_referrals_grouped_to_episodes as named_episodes
    on named_episodes.referral_record_id = named_referrals.referral_record_id
where episodes_that_fit_ranked.nth = 1
