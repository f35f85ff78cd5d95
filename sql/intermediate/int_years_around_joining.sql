-- One row per person and service with an index day, and rule of frequent attenders that the service's extracts can tell: uses of the
-- rule's types in years of 365 days around joining. n_uses_2_before, n_uses_1_before, n_uses_after: in the second year before, the
-- year before and the year after; null: the year was not seen from its first day to its last.
-- index: service_code, rule_number
with

rules_of_services as (

    select
        usage_coverage.service_code,
        frequent_rule.rule_number,
        max(frequent_rule.at_least) as at_least
    from usage_coverage
    join frequent_rule
        on frequent_rule.event_type = usage_coverage.event_type
    group by usage_coverage.service_code, frequent_rule.rule_number

),

uses as (

    select
        index_people.person_key,
        index_people.service_code,
        frequent_rule.rule_number,
        sum(case when int_events_resolved.start_day < index_people.index_day - 365 then 1 else 0 end) as n_2_before,
        sum(
            case
                when int_events_resolved.start_day >= index_people.index_day - 365
                    and int_events_resolved.start_day < index_people.index_day then 1
                else 0
            end
        ) as n_1_before,
        sum(case when int_events_resolved.start_day >= index_people.index_day then 1 else 0 end) as n_after
    from index_people
    join usage_coverage
        on usage_coverage.service_code = index_people.service_code
    join frequent_rule
        on frequent_rule.event_type = usage_coverage.event_type
    join int_events_resolved
        on int_events_resolved.person_key = index_people.person_key
        and int_events_resolved.event_type = frequent_rule.event_type
        and int_events_resolved.start_day >= index_people.index_day - 730
        and int_events_resolved.start_day < index_people.index_day + 365
    group by index_people.person_key, index_people.service_code, frequent_rule.rule_number

),

people_seen as (

    select
        index_people.person_key,
        index_people.service_code,
        index_people.index_day,
        coalesce(settings.data_start_day, -9999999) as seen_from_day,
        case
            when coalesce(persons.death_day, 9999999) < coalesce(persons.moved_day, 9999999)
                and persons.death_day <= settings.data_end_day then persons.death_day
            when persons.moved_day <= settings.data_end_day then persons.moved_day
            else settings.data_end_day + 1
        end as seen_until_day
    from index_people
    cross join settings
    join persons
        on persons.person_key = index_people.person_key

)

select
    people_seen.person_key,
    people_seen.service_code,
    rules_of_services.rule_number,
    rules_of_services.at_least,
    cast(
        case
            when people_seen.index_day - 730 >= people_seen.seen_from_day
                and people_seen.index_day - 365 <= people_seen.seen_until_day then coalesce(uses.n_2_before, 0)
        end as integer
    ) as n_uses_2_before,
    cast(
        case
            when people_seen.index_day - 365 >= people_seen.seen_from_day
                and people_seen.index_day <= people_seen.seen_until_day then coalesce(uses.n_1_before, 0)
        end as integer
    ) as n_uses_1_before,
    cast(
        case
            when people_seen.index_day >= people_seen.seen_from_day
                and people_seen.index_day + 365 <= people_seen.seen_until_day then coalesce(uses.n_after, 0)
        end as integer
    ) as n_uses_after
from people_seen
join rules_of_services
    on rules_of_services.service_code = people_seen.service_code
left join uses
    on uses.person_key = people_seen.person_key
    and uses.service_code = people_seen.service_code
    and uses.rule_number = rules_of_services.rule_number
