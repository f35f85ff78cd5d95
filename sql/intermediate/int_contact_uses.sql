-- One row per contact with a team other than those of the service, of a person with an index day there: a use of other services, where
-- the project says that such contacts were supplied (usage_coverage). community_dna: the person did not come. Cancelled contacts and
-- work done without the person are no uses. staff_role and mode null: not recorded.
-- index: service_code, person_key, event_type
with

uses as (

    select
        index_people.service_code,
        index_people.person_key,
        case when int_contacts_resolved.attendance = 'attended' then 'community_contact' else 'community_dna' end as event_type,
        int_contacts_resolved.contact_id,
        int_contacts_resolved.contact_day as start_day,
        int_contacts_resolved.staff_role,
        int_contacts_resolved.mode
    from int_contacts_resolved
    join index_people
        on index_people.person_key = int_contacts_resolved.person_key
        and index_people.service_code <> int_contacts_resolved.service_code
    where int_contacts_resolved.attendance in ('attended', 'did_not_attend')

)

select
    uses.service_code,
    uses.person_key,
    usage_coverage.event_type,
    uses.contact_id,
    uses.start_day,
    uses.staff_role,
    uses.mode
from uses
join usage_coverage
    on usage_coverage.service_code = uses.service_code
    and usage_coverage.event_type = uses.event_type
