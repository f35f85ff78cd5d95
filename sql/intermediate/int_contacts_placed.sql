-- One row per contact, with the referral and the episode it belongs to; null where none takes it.
-- A contact that names a loaded referral belongs to that one, if it is the same person's. Any other belongs to the
-- person's referral and episode that were open in the service on its day; of several referrals, the latest.
-- is_attended: the person was seen. is_direct: seen face to face, by telephone or by video (NHS England's direct
-- contact); a contact whose way was not recorded counts as direct.
-- index: episode_id
-- index: referral_record_id
with

referrals_that_fit_ranked as (

    select
        int_contacts_resolved.*,
        fitting_referrals.referral_record_id as fitting_referral_record_id,
        row_number() over (
            partition by int_contacts_resolved.contact_id
            order by fitting_referrals.referral_day desc, fitting_referrals.referral_record_id desc
        ) as nth
    from int_contacts_resolved
    cross join settings
    left join int_referrals_resolved as fitting_referrals
        on fitting_referrals.person_key = int_contacts_resolved.person_key
        and fitting_referrals.service_code = int_contacts_resolved.service_code
        and fitting_referrals.referral_day <= int_contacts_resolved.contact_day
        and coalesce(fitting_referrals.discharge_day, settings.data_end_day) >= int_contacts_resolved.contact_day
        and fitting_referrals.rejected_day is null
        and int_contacts_resolved.referral_record_id is null

),

contacts as (

    select *
    from referrals_that_fit_ranked
    where nth = 1

)

select
    contacts.contact_id,
    contacts.person_key,
    contacts.service_code,
    cast(
        coalesce(named_referrals.referral_record_id, contacts.fitting_referral_record_id) as integer
    ) as referral_record_id,
    cast(coalesce(named_episodes.episode_id, open_episodes.episode_id) as integer) as episode_id,
    contacts.contact_day,
    contacts.attendance,
    contacts.mode,
    contacts.staff_role,
    contacts.staff_band,
    contacts.duration_minutes,
    case when contacts.attendance = 'attended' then 1 else 0 end as is_attended,
    case
        when contacts.attendance <> 'attended' then 0
        when contacts.mode is null then 1
        when contacts.mode in ('face_to_face', 'telephone', 'talk_type', 'video') then 1
        else 0
    end as is_direct
from contacts
cross join settings
left join int_referrals_resolved as named_referrals
    on named_referrals.referral_record_id = contacts.referral_record_id
    and named_referrals.person_key = contacts.person_key
left join int_referrals_grouped_to_episodes as named_episodes
    on named_episodes.referral_record_id = named_referrals.referral_record_id
left join int_episodes as open_episodes
    on open_episodes.person_key = contacts.person_key
    and open_episodes.service_code = contacts.service_code
    and open_episodes.start_day <= contacts.contact_day
    and coalesce(open_episodes.end_day, settings.data_end_day) >= contacts.contact_day
    and contacts.referral_record_id is null
