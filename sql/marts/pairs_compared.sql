-- One row per patient, service and scale of the national rule whom either rule counts with two scores: the service's own
-- (pairs_own, an episode) or NHS England's (pairs_national, a referral that it counts).
-- standing: both, own_only or national_only. reason: why one rule alone counts the person, the first that applies; of those whom
-- both count, whether first and last score are the same (same_scores) or not (other_scores). Never null.
-- n_own_pairs and n_national_pairs: episodes and referrals; more than one where a person has several.
-- index: service_code, measure_id, scale_id
with

own_facts as (

    select
        pairs_own.service_code,
        pairs_own.measure_id,
        pairs_own.scale_id,
        pairs_own.person_key,
        case when pairs_own.post_day is null then 0 else 1 end as is_pair,
        pairs_own.pre_score,
        pairs_own.post_score,
        pairs_own.n_scores,
        pairs_own.n_other_basis
    from pairs_own
    join measure_scale
        on measure_scale.measure_id = pairs_own.measure_id
        and measure_scale.scale_id = pairs_own.scale_id
    where measure_scale.national_change_points is not null

),

national_marked as (

    select
        *,
        case when is_counted = 1 and post_score is not null then 1 else 0 end as is_pair,
        case
            when is_counted = 0 and post_score is not null then 1
            when is_counted = 1 and pre_score is null then 2
            when is_counted = 1 and post_score is null then 3
            when is_counted = 0 then 4
            else 5
        end as nearness
    from pairs_national

),

-- the referral that came nearest to being counted says why none was
national_facts as (

    select
        *,
        row_number() over (
            partition by service_code, measure_id, scale_id, person_key
            order by nearness, referral_record_id desc
        ) as nth
    from national_marked

),

-- one kind of fact a row, then added up by person: PostgreSQL joins four lists of many people badly, and adds them up well
facts_of_people as (

    select
        service_code,
        measure_id,
        scale_id,
        person_key,
        is_pair as own_pair,
        case when is_pair = 1 then pre_score end as own_first,
        case when is_pair = 1 then post_score end as own_last,
        n_scores,
        n_other_basis,
        0 as national_pair,
        cast(null as real) as national_first,
        cast(null as real) as national_last,
        cast(null as text) as reason,
        0 as is_set_aside
    from own_facts
    union all
    select
        service_code,
        measure_id,
        scale_id,
        person_key,
        0 as own_pair,
        cast(null as real) as own_first,
        cast(null as real) as own_last,
        cast(null as integer) as n_scores,
        cast(null as integer) as n_other_basis,
        is_pair as national_pair,
        case when is_pair = 1 then pre_score end as national_first,
        case when is_pair = 1 then post_score end as national_last,
        case
            when nth > 1 then null
            when nearness = 2 then 'first_answer_is_no_score'
            when nearness = 3 then 'no_later_score_in_referral'
            else not_counted_reason
        end as reason,
        0 as is_set_aside
    from national_facts
    union all
    select
        int_scores_placed.service_code,
        int_scores_placed.measure_id,
        int_scores_placed.scale_id,
        int_scores_placed.person_key,
        0 as own_pair,
        cast(null as real) as own_first,
        cast(null as real) as own_last,
        cast(null as integer) as n_scores,
        cast(null as integer) as n_other_basis,
        0 as national_pair,
        cast(null as real) as national_first,
        cast(null as real) as national_last,
        cast(null as text) as reason,
        1 as is_set_aside
    from dq_scores_set_aside
    join int_scores_placed
        on int_scores_placed.assessment_id = dq_scores_set_aside.assessment_id
        and int_scores_placed.scale_id = dq_scores_set_aside.scale_id

),

both_rules as (

    select
        service_code,
        measure_id,
        scale_id,
        person_key,
        sum(own_pair) as n_own_pairs,
        sum(national_pair) as n_national_pairs,
        coalesce(sum(own_first), 0) as own_first,
        coalesce(sum(own_last), 0) as own_last,
        coalesce(sum(national_first), 0) as national_first,
        coalesce(sum(national_last), 0) as national_last,
        max(n_scores) as most_scores,
        max(n_other_basis) as most_other_basis,
        max(reason) as reason_not_national,
        max(is_set_aside) as has_set_aside
    from facts_of_people
    group by service_code, measure_id, scale_id, person_key
    having sum(own_pair) > 0 or sum(national_pair) > 0

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
        when n_own_pairs > 0 and n_national_pairs > 0
            and n_own_pairs = n_national_pairs
            and own_first = national_first
            and own_last = national_last then 'same_scores'
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
