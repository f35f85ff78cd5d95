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
        int_contacts_resolved.contact_id,
        int_referrals_resolved.referral_record_id,
        row_number() over (
            partition by int_contacts_resolved.contact_id
            order by int_referrals_resolved.referral_day desc, int_referrals_resolved.referral_record_id desc
        ) as nth
    from int_contacts_resolved
    cross join settings
    join int_referrals_resolved
        on int_referrals_resolved.person_key = int_contacts_resolved.person_key
        and int_referrals_resolved.service_code = int_contacts_resolved.service_code
        and int_referrals_resolved.referral_day <= int_contacts_resolved.contact_day
        and coalesce(int_referrals_resolved.discharge_day, settings.data_end_day) >= int_contacts_resolved.contact_day
    where int_contacts_resolved.referral_record_id is null and int_referrals_resolved.rejected_day is null

)

select
    int_contacts_resolved.contact_id,
    int_contacts_resolved.person_key,
    int_contacts_resolved.service_code,
    coalesce(named_referrals.referral_record_id, referrals_that_fit_ranked.referral_record_id) as referral_record_id,
    case
        when int_contacts_resolved.referral_record_id is null then open_episodes.episode_id
        when named_referrals.referral_record_id is not null then named_episodes.episode_id
    end as episode_id,
    int_contacts_resolved.contact_day,
    int_contacts_resolved.attendance,
    int_contacts_resolved.mode,
    int_contacts_resolved.staff_role,
    int_contacts_resolved.staff_band,
    int_contacts_resolved.duration_minutes,
    case when int_contacts_resolved.attendance = 'attended' then 1 else 0 end as is_attended,
    case
        when int_contacts_resolved.attendance <> 'attended' then 0
        when int_contacts_resolved.mode is null then 1
        when int_contacts_resolved.mode in ('face_to_face', 'telephone', 'talk_type', 'video') then 1
        else 0
    end as is_direct
from int_contacts_resolved
cross join settings
left join int_referrals_resolved as named_referrals
    on named_referrals.referral_record_id = int_contacts_resolved.referral_record_id
    and named_referrals.person_key = int_contacts_resolved.person_key
left join int_referrals_grouped_to_episodes as named_episodes
    on named_episodes.referral_record_id = named_referrals.referral_record_id
left join referrals_that_fit_ranked
    on referrals_that_fit_ranked.contact_id = int_contacts_resolved.contact_id
    and referrals_that_fit_ranked.nth = 1
left join int_episodes as open_episodes
    on open_episodes.person_key = int_contacts_resolved.person_key
    and open_episodes.service_code = int_contacts_resolved.service_code
    and open_episodes.start_day <= int_contacts_resolved.contact_day
    and coalesce(open_episodes.end_day, settings.data_end_day) >= int_contacts_resolved.contact_day
