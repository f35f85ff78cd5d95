-- One row per episode of care, before its contacts are counted. Columns as in the mart `episodes`;
-- recorded_first_contact_day is the first contact that a referral itself records.
-- index: person_key, service_code, start_day
-- index: episode_id
with

referrals_of_episodes as (

    select
        int_referrals_grouped_to_episodes.episode_id,
        int_referrals_resolved.*,
        row_number() over (
            partition by int_referrals_grouped_to_episodes.episode_id
            order by
                -- an open referral is the last to end
                case when int_referrals_resolved.discharge_day is null then 0 else 1 end,
                int_referrals_resolved.discharge_day desc,
                int_referrals_resolved.referral_record_id desc
        ) as nth_last_to_end
    from int_referrals_grouped_to_episodes
    join int_referrals_resolved
        on int_referrals_resolved.referral_record_id = int_referrals_grouped_to_episodes.referral_record_id

),

referrals_counted as (

    select
        episode_id,
        cast(count(*) as integer) as n_referrals,
        min(first_contact_day) as recorded_first_contact_day
    from referrals_of_episodes
    group by episode_id

)

select
    first_referrals.episode_id,
    first_referrals.person_key,
    first_referrals.service_code,
    first_referrals.pathway,
    first_referrals.intervention,
    first_referrals.team,
    first_referrals.referral_day as start_day,
    first_referrals.referral_date as start_date,
    first_referrals.referral_day,
    referrals_counted.recorded_first_contact_day,
    last_referrals.discharge_day as end_day,
    last_referrals.discharge_date as end_date,
    last_referrals.discharge_reason,
    referrals_counted.n_referrals,
    first_referrals.age_at_referral
from referrals_of_episodes as first_referrals
join referrals_of_episodes as last_referrals
    on last_referrals.episode_id = first_referrals.episode_id
    and last_referrals.nth_last_to_end = 1
join referrals_counted
    on referrals_counted.episode_id = first_referrals.episode_id
where first_referrals.referral_record_id = first_referrals.episode_id

union all

select
    episode_id,
    person_key,
    service_code,
    cast(null as text) as pathway,
    cast(null as text) as intervention,
    team,
    start_day,
    start_date,
    cast(null as integer) as referral_day,
    cast(null as integer) as recorded_first_contact_day,
    cast(null as integer) as end_day,
    cast(null as text) as end_date,
    cast(null as text) as discharge_reason,
    0 as n_referrals,
    cast(null as integer) as age_at_referral
from int_episodes_without_referral
