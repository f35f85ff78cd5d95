-- One row per event that is not counted for a service, because one that is kept tells of the same event (overlap_rule). Both types must
-- have been supplied for the service. Of several events that one kept event might take in, it takes the latest; what takes in an event
-- may itself be taken in by another. kept_type: of several, the first by name.
-- index: event_id, service_code
-- index: person_key, service_code
with

pairs_ranked as (

    select
        merged_events.event_id,
        merged_events.person_key,
        merged_events.event_type,
        merged_events.start_day,
        kept_events.event_id as kept_event_id,
        overlap_rule.kept_type,
        row_number() over (
            partition by kept_events.event_id, overlap_rule.merged_type
            order by merged_events.start_day desc, merged_events.event_id desc
        ) as nth_latest
    from overlap_rule
    join int_events_resolved as kept_events
        on kept_events.event_type = overlap_rule.kept_type
    join int_events_resolved as merged_events
        on merged_events.person_key = kept_events.person_key
        and merged_events.event_type = overlap_rule.merged_type
        and merged_events.start_day >= kept_events.start_day - overlap_rule.days_later
        and merged_events.start_day <= kept_events.start_day

)

select
    coverage_of_merged.service_code,
    pairs_ranked.event_id,
    pairs_ranked.person_key,
    pairs_ranked.event_type,
    pairs_ranked.start_day,
    min(pairs_ranked.kept_type) as kept_type
from pairs_ranked
join usage_coverage as coverage_of_merged
    on coverage_of_merged.event_type = pairs_ranked.event_type
join usage_coverage as coverage_of_kept
    on coverage_of_kept.service_code = coverage_of_merged.service_code
    and coverage_of_kept.event_type = pairs_ranked.kept_type
where pairs_ranked.nth_latest = 1
group by
    coverage_of_merged.service_code,
    pairs_ranked.event_id,
    pairs_ranked.person_key,
    pairs_ranked.event_type,
    pairs_ranked.start_day
