-- One row per referral that belongs to an episode: a patient's, and not rejected.
-- A referral within reentry_days of the last discharge from the same service continues the episode, and so does one
-- that starts while another is open. With 90: 90 days continue, 91 begin a new one.
-- index: referral_record_id
with

patients_referrals as (

    select
        int_referrals_resolved.referral_record_id,
        int_referrals_resolved.person_key,
        int_referrals_resolved.service_code,
        int_referrals_resolved.referral_day,
        -- still open: later than any day there is
        coalesce(int_referrals_resolved.discharge_day, 9999999) as discharge_or_far_day
    from int_referrals_resolved
    join persons
        on persons.person_key = int_referrals_resolved.person_key
    where persons.person_type = 'patient' and int_referrals_resolved.rejected_day is null

),

with_last_discharge_before as (

    select
        *,
        max(discharge_or_far_day) over (
            partition by person_key, service_code
            order by referral_day, referral_record_id
            rows between unbounded preceding and 1 preceding
        ) as last_discharge_day_before
    from patients_referrals

),

starts_marked as (

    select
        with_last_discharge_before.*,
        case
            when last_discharge_day_before is null then 1
            when referral_day > last_discharge_day_before + settings.reentry_days then 1
            else 0
        end as is_start
    from with_last_discharge_before
    cross join settings

),

episodes_numbered as (

    select
        *,
        sum(is_start) over (
            partition by person_key, service_code
            order by referral_day, referral_record_id
            rows between unbounded preceding and current row
        ) as nth_episode
    from starts_marked

)

select
    referral_record_id,
    person_key,
    service_code,
    cast(
        first_value(referral_record_id) over (
            partition by person_key, service_code, nth_episode
            order by referral_day, referral_record_id
        ) as integer
    ) as episode_id
from episodes_numbered
