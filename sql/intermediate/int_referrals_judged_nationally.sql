-- One row per patient's referral: whether NHS England's community PROMs rule counts it, and the first reason why not.
-- The rule: 18 or over at referral, received from 1 April 2019 (day 17987), not rejected, in a community mental health team
-- (A05 A06 A08 A09 A12 A13 A14 A16), not for an organic disorder (primary reason 08), with two direct contacts, and
-- closed or open for 180 days. A team type or reason that was not recorded is not held against a referral: most exports
-- outside MHSDS have neither. Hospital spells and the area of residence are not in the store, so they are not tested.
-- Source: NHS England, CMH PROMs dashboard, published SQL.
-- index: referral_record_id
with

services_with_contacts as (

    select service_code
    from stg_contacts_current
    where attendance <> 'indirect'
    group by service_code

),

direct_contacts_counted as (

    select
        int_contacts_placed.referral_record_id,
        count(*) as n_direct_contacts
    from int_contacts_placed
    cross join settings
    where int_contacts_placed.is_direct = 1 and int_contacts_placed.contact_day <= settings.data_end_day
    group by int_contacts_placed.referral_record_id

),

facts_of_referrals as (

    select
        int_referrals_resolved.referral_record_id,
        int_referrals_resolved.person_key,
        int_referrals_resolved.service_code,
        int_referrals_resolved.referral_day,
        int_referrals_resolved.rejected_day,
        int_referrals_resolved.team_type,
        int_referrals_resolved.primary_reason,
        coalesce(
            int_referrals_resolved.age_at_referral,
            cast(substr(int_referrals_resolved.referral_date, 1, 4) as integer)
            - cast(substr(persons.birth_month, 1, 4) as integer)
            - case
                when substr(int_referrals_resolved.referral_date, 6, 2) < substr(persons.birth_month, 6, 2) then 1
                else 0
            end
        ) as age_at_referral,
        case
            when int_referrals_resolved.discharge_day <= settings.data_end_day then 1
            else 0
        end as is_closed,
        settings.data_end_day - int_referrals_resolved.referral_day as days_since_referral,
        case when services_with_contacts.service_code is null then 0 else 1 end as has_contacts_supplied,
        coalesce(direct_contacts_counted.n_direct_contacts, 0) as n_direct_contacts
    from int_referrals_resolved
    cross join settings
    join persons
        on persons.person_key = int_referrals_resolved.person_key
    left join services_with_contacts
        on services_with_contacts.service_code = int_referrals_resolved.service_code
    left join direct_contacts_counted
        on direct_contacts_counted.referral_record_id = int_referrals_resolved.referral_record_id
    where persons.person_type = 'patient'

)

select
    referral_record_id,
    person_key,
    service_code,
    case
        when rejected_day is not null then 'rejected'
        when referral_day < 17987 then 'referred_before_april_2019'
        when age_at_referral is null then 'age_unknown'
        when age_at_referral < 18 then 'under_18'
        when team_type not in ('A05', 'A06', 'A08', 'A09', 'A12', 'A13', 'A14', 'A16') then 'other_team_type'
        when primary_reason = '08' then 'organic_disorder'
        when has_contacts_supplied = 0 then 'contacts_not_supplied'
        when n_direct_contacts < 2 then 'under_two_direct_contacts'
        when is_closed = 0 and days_since_referral < 180 then 'open_under_180_days'
    end as not_counted_reason
from facts_of_referrals
