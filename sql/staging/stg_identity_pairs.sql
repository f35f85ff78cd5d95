-- One row per local identifier and NHS number that some loaded record holds side by side.
-- index: local_identity_key
with

identities_of_records as (

    select local_identity_key, nhs_identity_key from person_record
    union
    select local_identity_key, nhs_identity_key from referral_record
    union
    select local_identity_key, nhs_identity_key from contact_record
    union
    select local_identity_key, nhs_identity_key from assessment_record
    union
    select local_identity_key, nhs_identity_key from service_event

)

select local_identity_key, nhs_identity_key
from identities_of_records
where local_identity_key is not null and nhs_identity_key is not null
