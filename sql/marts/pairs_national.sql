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

first_scores as (

    select
        referral_record_id,
        person_key,
        service_code,
        measure_id,
        scale_id,
        is_parity,
        counted_score as pre_score,
        case when counted_score is not null then assessed_day end as pre_day
    from scores_ordered
    where nth = 1

),

follow_ups_ranked as (

    select
        scores_ordered.referral_record_id,
        scores_ordered.measure_id,
        scores_ordered.scale_id,
        scores_ordered.counted_score as post_score,
        scores_ordered.assessed_day as post_day,
        row_number() over (
            partition by scores_ordered.referral_record_id, scores_ordered.measure_id, scores_ordered.scale_id
            order by scores_ordered.assessed_day desc, scores_ordered.nth
        ) as nth_follow_up
    from scores_ordered
    join first_scores
        on first_scores.referral_record_id = scores_ordered.referral_record_id
        and first_scores.measure_id = scores_ordered.measure_id
        and first_scores.scale_id = scores_ordered.scale_id
    where scores_ordered.nth > 1
        and scores_ordered.counted_score is not null
        and first_scores.pre_score is not null
        and (scores_ordered.assessed_day > first_scores.pre_day or scores_ordered.is_parity = 1)

)

select
    first_scores.referral_record_id,
    first_scores.person_key,
    first_scores.service_code,
    first_scores.measure_id,
    first_scores.scale_id,
    case when int_referrals_judged_nationally.not_counted_reason is null then 1 else 0 end as is_counted,
    int_referrals_judged_nationally.not_counted_reason,
    first_scores.pre_score,
    first_scores.pre_day,
    follow_ups_ranked.post_score,
    follow_ups_ranked.post_day,
    first_scores.is_parity
from first_scores
join int_referrals_judged_nationally
    on int_referrals_judged_nationally.referral_record_id = first_scores.referral_record_id
left join follow_ups_ranked
    on follow_ups_ranked.referral_record_id = first_scores.referral_record_id
    and follow_ups_ranked.measure_id = first_scores.measure_id
    and follow_ups_ranked.scale_id = first_scores.scale_id
    and follow_ups_ranked.nth_follow_up = 1
