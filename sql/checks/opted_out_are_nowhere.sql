-- Identifiers of people who have opted out and yet have a loaded record.
with

identities_of_records as (

    select coalesce(nhs_identity_key, local_identity_key) as identity_key from person_record
    union
    select coalesce(nhs_identity_key, local_identity_key) from referral_record
    union
    select coalesce(nhs_identity_key, local_identity_key) from contact_record
    union
    select coalesce(nhs_identity_key, local_identity_key) from assessment_record
    union
    select coalesce(nhs_identity_key, local_identity_key) from service_event
    union
    select coalesce(nhs_identity_key, local_identity_key) from cluster_record
    union
    select coalesce(nhs_identity_key, local_identity_key) from risk_rating_record

)

select int_identities_opted_out.identity_key
from int_identities_opted_out
join identities_of_records
    on identities_of_records.identity_key = int_identities_opted_out.identity_key
