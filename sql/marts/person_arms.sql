-- One row per patient and service with an episode: the intervention arm that the person counts in, with all their episodes and
-- all their use of services. Arms are told by every referral, so that a change of arm inside an episode is seen.
-- standing: one_arm, two_arms (or more), or no_arm where no referral records one. first_arm, last_arm: by day of referral.
-- arm: the only one; of two, settings.two_arms says which. Null: no_arm, or two_arms where they are a row of their own (both).
-- index: service_code, person_key
with

services_with_rules as (

    select service_code
    from arm_rule
    group by service_code

),

referrals_with_arms as (

    select
        int_referrals_grouped_to_episodes.person_key,
        int_referrals_grouped_to_episodes.service_code,
        int_referrals_resolved.referral_record_id,
        int_referrals_resolved.referral_day,
        case
            when services_with_rules.service_code is null then int_referrals_resolved.intervention
            else arm_rule.arm
        end as arm
    from int_referrals_grouped_to_episodes
    join int_referrals_resolved
        on int_referrals_resolved.referral_record_id = int_referrals_grouped_to_episodes.referral_record_id
    left join services_with_rules
        on services_with_rules.service_code = int_referrals_grouped_to_episodes.service_code
    left join arm_rule
        on arm_rule.service_code = int_referrals_grouped_to_episodes.service_code
        and arm_rule.recorded_as = case arm_rule.recorded_in
            when 'pathway' then int_referrals_resolved.pathway
            when 'team' then int_referrals_resolved.team
            else int_referrals_resolved.intervention
        end

),

arms_ranked as (

    select
        *,
        row_number() over (
            partition by person_key, service_code
            order by referral_day, referral_record_id
        ) as nth,
        row_number() over (
            partition by person_key, service_code
            order by referral_day desc, referral_record_id desc
        ) as nth_last
    from referrals_with_arms
    where arm is not null

),

arms_of_people as (

    select
        person_key,
        service_code,
        count(distinct arm) as n_arms,
        max(case when nth = 1 then arm end) as first_arm,
        max(case when nth_last = 1 then arm end) as last_arm
    from arms_ranked
    group by person_key, service_code

),

people_of_services as (

    select person_key, service_code
    from episodes
    group by person_key, service_code

)

select
    people_of_services.person_key,
    people_of_services.service_code,
    case
        when arms_of_people.n_arms is null then 'no_arm'
        when arms_of_people.n_arms = 1 then 'one_arm'
        else 'two_arms'
    end as standing,
    arms_of_people.first_arm,
    arms_of_people.last_arm,
    case
        when arms_of_people.n_arms = 1 or settings.two_arms = 'first' then arms_of_people.first_arm
        when settings.two_arms = 'last' then arms_of_people.last_arm
    end as arm
from people_of_services
cross join settings
left join arms_of_people
    on arms_of_people.person_key = people_of_services.person_key
    and arms_of_people.service_code = people_of_services.service_code
