-- One row per patient's referral, measure and scale with at least one valid score, paired as NHS England's community PROMs
-- dashboard pairs them: the first score, and the latest one after it (of one day, the one ordered first).
-- is_counted: the referral meets the dashboard's own conditions; not_counted_reason is null when it does.
-- pre_* null: no baseline. post_* null: no follow-up. is_parity copies settings.is_national_parity.
-- With is_parity = 0 the rule is followed as written. With is_parity = 1 the published query's known traps are repeated:
-- values are rounded to whole numbers (its CAST AS NUMERIC), halves away from zero; a DIALOG 8 takes its place in the order
-- and only then loses its value, so that a first answer of 8 leaves no baseline; a follow-up may be of the baseline's day.
-- index: service_code, measure_id, scale_id
with

scores_that_take_a_place as (

    select
        int_scores_placed_in_referrals.referral_record_id,
        int_scores_placed_in_referrals.person_key,
        int_scores_placed_in_referrals.service_code,
        int_scores_placed_in_referrals.measure_id,
        int_scores_placed_in_referrals.scale_id,
        int_scores_placed_in_referrals.assessment_id,
        int_scores_placed_in_referrals.assessed_day,
        settings.is_national_parity as is_parity,
        case
            when int_scores_placed_in_referrals.value_status = 'sentinel' then null
            when settings.is_national_parity = 0 then int_scores_placed_in_referrals.score
            when int_scores_placed_in_referrals.score < 0 then -floor(0.5 - int_scores_placed_in_referrals.score)
            else floor(int_scores_placed_in_referrals.score + 0.5)
        end as counted_score
    from int_scores_placed_in_referrals
    cross join settings
    where int_scores_placed_in_referrals.value_status = 'scored' or settings.is_national_parity = 1

),

scores_ordered as (

    select
        *,
        row_number() over (
            partition by referral_record_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as nth
    from scores_that_take_a_place

),

compared_with_first as (

    select
        *,
        first_value(counted_score) over (
            partition by referral_record_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as first_counted_score,
        first_value(assessed_day) over (
            partition by referral_record_id, measure_id, scale_id
            order by assessed_day, assessment_id
        ) as first_day
    from scores_ordered

),

follow_ups_marked as (

    select
        *,
        case
            when nth = 1 or counted_score is null or first_counted_score is null then 0
            when assessed_day > first_day or is_parity = 1 then 1
            else 0
        end as is_follow_up
    from compared_with_first

),

follow_ups_ranked as (

    select
        *,
        row_number() over (
            partition by referral_record_id, measure_id, scale_id, is_follow_up
            order by assessed_day desc, nth
        ) as nth_latest
    from follow_ups_marked

),

first_and_latest as (

    select
        referral_record_id,
        person_key,
        service_code,
        measure_id,
        scale_id,
        max(case when nth = 1 then counted_score end) as pre_score,
        max(case when nth = 1 and counted_score is not null then assessed_day end) as pre_day,
        max(case when is_follow_up = 1 and nth_latest = 1 then counted_score end) as post_score,
        max(case when is_follow_up = 1 and nth_latest = 1 then assessed_day end) as post_day,
        max(is_parity) as is_parity
    from follow_ups_ranked
    group by referral_record_id, person_key, service_code, measure_id, scale_id

)

select
    first_and_latest.referral_record_id,
    first_and_latest.person_key,
    first_and_latest.service_code,
    first_and_latest.measure_id,
    first_and_latest.scale_id,
    case when int_referrals_judged_nationally.not_counted_reason is null then 1 else 0 end as is_counted,
    int_referrals_judged_nationally.not_counted_reason,
    first_and_latest.pre_score,
    first_and_latest.pre_day,
    first_and_latest.post_score,
    first_and_latest.post_day,
    first_and_latest.is_parity
from first_and_latest
join int_referrals_judged_nationally
    on int_referrals_judged_nationally.referral_record_id = first_and_latest.referral_record_id
