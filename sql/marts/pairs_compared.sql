-- One row per patient, service and scale of the national rule whom either rule counts with two scores: the service's own
-- (pairs_own, an episode) or NHS England's (pairs_national, a referral that it counts).
-- standing: both, own_only or national_only. reason: why one rule alone counts the person, the first that applies; of those whom
-- both count, whether first and last score are the same (same_scores) or not (other_scores). Never null.
-- n_own_pairs and n_national_pairs: episodes and referrals; more than one where a person has several.
-- index: service_code, measure_id, scale_id
with

own_by_person as (

    select
        pairs_own.service_code,
        pairs_own.measure_id,
        pairs_own.scale_id,
        pairs_own.person_key,
        sum(case when pairs_own.post_day is null then 0 else 1 end) as n_pairs,
        max(pairs_own.n_scores) as most_scores,
        max(pairs_own.n_other_basis) as most_other_basis,
        sum(case when pairs_own.post_day is null then 0 else pairs_own.pre_score end) as sum_of_first,
        sum(case when pairs_own.post_day is null then 0 else pairs_own.post_score end) as sum_of_last
    from pairs_own
    join measure_scale
        on measure_scale.measure_id = pairs_own.measure_id
        and measure_scale.scale_id = pairs_own.scale_id
    where measure_scale.national_change_points is not null
    group by pairs_own.service_code, pairs_own.measure_id, pairs_own.scale_id, pairs_own.person_key

),

national_marked as (

    select
        *,
        case when is_counted = 1 and post_score is not null then 1 else 0 end as is_pair,
        case
            when is_counted = 0 and post_score is not null then 1
            when is_counted = 1 and pre_score is null then 2
            when is_counted = 1 then 3
            else 4
        end as nearness
    from pairs_national

),

national_by_person as (

    select
        service_code,
        measure_id,
        scale_id,
        person_key,
        sum(is_pair) as n_pairs,
        sum(case when is_pair = 1 then pre_score else 0 end) as sum_of_first,
        sum(case when is_pair = 1 then post_score else 0 end) as sum_of_last
    from national_marked
    group by service_code, measure_id, scale_id, person_key

),

-- the referral that came nearest to being counted says why none was
nearest_referrals as (

    select
        service_code,
        measure_id,
        scale_id,
        person_key,
        case
            when nearness = 2 then 'first_answer_is_no_score'
            when nearness = 3 then 'no_later_score_in_referral'
            else not_counted_reason
        end as reason,
        row_number() over (
            partition by service_code, measure_id, scale_id, person_key
            order by nearness, referral_record_id desc
        ) as nth
    from national_marked
    where is_pair = 0

),

people_set_aside as (

    select
        int_scores_placed.service_code,
        int_scores_placed.measure_id,
        int_scores_placed.scale_id,
        int_scores_placed.person_key
    from dq_scores_set_aside
    join int_scores_placed
        on int_scores_placed.assessment_id = dq_scores_set_aside.assessment_id
        and int_scores_placed.scale_id = dq_scores_set_aside.scale_id
    group by
        int_scores_placed.service_code,
        int_scores_placed.measure_id,
        int_scores_placed.scale_id,
        int_scores_placed.person_key

),

people_of_either as (

    select service_code, measure_id, scale_id, person_key
    from own_by_person
    where n_pairs > 0
    union
    select service_code, measure_id, scale_id, person_key
    from national_by_person
    where n_pairs > 0

),

both_rules as (

    select
        people_of_either.service_code,
        people_of_either.measure_id,
        people_of_either.scale_id,
        people_of_either.person_key,
        coalesce(own_by_person.n_pairs, 0) as n_own_pairs,
        coalesce(national_by_person.n_pairs, 0) as n_national_pairs,
        own_by_person.most_scores,
        own_by_person.most_other_basis,
        nearest_referrals.reason as reason_not_national,
        case when people_set_aside.person_key is null then 0 else 1 end as has_set_aside,
        case
            when own_by_person.sum_of_first = national_by_person.sum_of_first
                and own_by_person.sum_of_last = national_by_person.sum_of_last
                and own_by_person.n_pairs = national_by_person.n_pairs then 1
            else 0
        end as is_same
    from people_of_either
    left join own_by_person
        on own_by_person.person_key = people_of_either.person_key
        and own_by_person.service_code = people_of_either.service_code
        and own_by_person.measure_id = people_of_either.measure_id
        and own_by_person.scale_id = people_of_either.scale_id
    left join national_by_person
        on national_by_person.person_key = people_of_either.person_key
        and national_by_person.service_code = people_of_either.service_code
        and national_by_person.measure_id = people_of_either.measure_id
        and national_by_person.scale_id = people_of_either.scale_id
    left join nearest_referrals
        on nearest_referrals.person_key = people_of_either.person_key
        and nearest_referrals.service_code = people_of_either.service_code
        and nearest_referrals.measure_id = people_of_either.measure_id
        and nearest_referrals.scale_id = people_of_either.scale_id
        and nearest_referrals.nth = 1
    left join people_set_aside
        on people_set_aside.person_key = people_of_either.person_key
        and people_set_aside.service_code = people_of_either.service_code
        and people_set_aside.measure_id = people_of_either.measure_id
        and people_set_aside.scale_id = people_of_either.scale_id

)

select
    service_code,
    measure_id,
    scale_id,
    person_key,
    case
        when n_own_pairs > 0 and n_national_pairs > 0 then 'both'
        when n_own_pairs > 0 then 'own_only'
        else 'national_only'
    end as standing,
    case
        when n_own_pairs > 0 and n_national_pairs > 0 and is_same = 1 then 'same_scores'
        when n_own_pairs > 0 and n_national_pairs > 0 then 'other_scores'
        when n_own_pairs > 0 then coalesce(reason_not_national, 'no_referral_holds_scores')
        when has_set_aside = 1 then 'scores_set_aside'
        when most_scores is null then 'outside_every_episode'
        when most_other_basis > 0 then 'counts_other_items'
        when most_scores = 1 then 'one_score_in_episode'
        else 'scores_too_close'
    end as reason,
    cast(n_own_pairs as integer) as n_own_pairs,
    cast(n_national_pairs as integer) as n_national_pairs
from both_rules
