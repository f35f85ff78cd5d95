-- One row per attended contact and rule of cross-checking that it breaks. The rules: src/store/quality-rules.ts.
-- A contact that names a loaded referral is held against that one; any other against the person's referrals to the service,
-- from the first to the last discharge. Rejected referrals count as referrals here: a contact may be the assessment.
with

spans_of_referrals as (

    select
        person_key,
        service_code,
        min(referral_day) as first_referral_day,
        -- still open: later than any day there is
        max(coalesce(discharge_day, 9999999)) as last_discharge_day
    from int_referrals_resolved
    where person_key is not null
    group by person_key, service_code

),

attended_contacts as (

    select
        int_contacts_resolved.contact_id,
        int_contacts_resolved.contact_day,
        persons.death_day,
        coalesce(named_referrals.referral_day, spans_of_referrals.first_referral_day) as referral_day,
        case
            when named_referrals.referral_record_id is null then spans_of_referrals.last_discharge_day
            else named_referrals.discharge_day
        end as discharge_day
    from int_contacts_resolved
    left join persons
        on persons.person_key = int_contacts_resolved.person_key
    left join int_referrals_resolved as named_referrals
        on named_referrals.referral_record_id = int_contacts_resolved.referral_record_id
    left join spans_of_referrals
        on spans_of_referrals.person_key = int_contacts_resolved.person_key
        and spans_of_referrals.service_code = int_contacts_resolved.service_code
    where int_contacts_resolved.attendance = 'attended'

)

select 'contact_after_death' as rule_code, contact_id
from attended_contacts
where contact_day > death_day

union all

select 'contact_before_referral' as rule_code, contact_id
from attended_contacts
where contact_day < referral_day

union all

select 'contact_after_discharge' as rule_code, contact_id
from attended_contacts
where contact_day > discharge_day
