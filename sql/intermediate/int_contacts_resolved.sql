-- One row per contact that stands, with the person it was with and the referral it names; nulls as in int_assessments_resolved.
-- index: person_key, service_code, contact_day
select
    stg_contacts_current.contact_id,
    cast(
        coalesce(
            stg_contacts_current.nhs_identity_key,
            int_identities_linked.person_key,
            int_referrals_resolved.person_key
        ) as integer
    ) as person_key,
    int_referrals_resolved.referral_record_id,
    stg_contacts_current.service_code,
    stg_contacts_current.contact_day,
    stg_contacts_current.attendance,
    stg_contacts_current.mode,
    stg_contacts_current.staff_role,
    stg_contacts_current.staff_band,
    stg_contacts_current.duration_minutes
from stg_contacts_current
left join int_identities_linked
    on int_identities_linked.identity_key = stg_contacts_current.local_identity_key
left join int_referrals_resolved
    on int_referrals_resolved.service_code = stg_contacts_current.service_code
    and int_referrals_resolved.referral_ref = stg_contacts_current.referral_ref
