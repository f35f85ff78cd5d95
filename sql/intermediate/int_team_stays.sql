-- One row per referral of a patient to a team that did not turn them down: a stay with the team, until end_day (null: still there).
-- team_key: the team without regard to case, '' where the referral names none. team: as one of its referrals spells it.
-- step null: the project does not say. is_secondary_care 0 where it does not.
-- nth: the order of the person's stays in all services. Of those that began on one day, the one that ended first came first.
-- index: stay_id
-- index: person_key, nth
-- index: service_code, team_key
with

stays as (

    select
        int_referrals_resolved.referral_record_id as stay_id,
        int_referrals_resolved.person_key,
        int_referrals_resolved.service_code,
        cast(lower(coalesce(int_referrals_resolved.team, '')) as text) as team_key,
        int_referrals_resolved.team,
        int_referrals_resolved.referral_day as start_day,
        int_referrals_resolved.discharge_day as end_day
    from int_referrals_grouped_to_episodes
    join int_referrals_resolved
        on int_referrals_resolved.referral_record_id = int_referrals_grouped_to_episodes.referral_record_id

)

select
    stays.stay_id,
    stays.person_key,
    stays.service_code,
    stays.team_key,
    min(stays.team) over (partition by stays.service_code, stays.team_key) as team,
    stays.start_day,
    stays.end_day,
    cast(coalesce(team_steps.step, service_steps.step) as integer) as step,
    cast(coalesce(team_steps.is_secondary_care, service_steps.is_secondary_care, 0) as integer) as is_secondary_care,
    cast(
        row_number() over (
            partition by stays.person_key
            order by stays.start_day, coalesce(stays.end_day, 9999999), stays.stay_id
        ) as integer
    ) as nth
from stays
left join team_level as team_steps
    on team_steps.service_code = stays.service_code
    and team_steps.team = stays.team_key
    and stays.team_key <> ''
left join team_level as service_steps
    on service_steps.service_code = stays.service_code
    and service_steps.team = ''
