-- Patients' referrals, not rejected, that are in no episode; and episodes whose referrals are not all there.
select int_referrals_resolved.referral_record_id as record_id
from int_referrals_resolved
join persons
    on persons.person_key = int_referrals_resolved.person_key
left join int_referrals_grouped_to_episodes
    on int_referrals_grouped_to_episodes.referral_record_id = int_referrals_resolved.referral_record_id
where persons.person_type = 'patient'
    and int_referrals_resolved.rejected_day is null
    and int_referrals_grouped_to_episodes.referral_record_id is null

union all

select int_referrals_grouped_to_episodes.episode_id as record_id
from int_referrals_grouped_to_episodes
left join episodes
    on episodes.episode_id = int_referrals_grouped_to_episodes.episode_id
group by int_referrals_grouped_to_episodes.episode_id
having count(*) <> coalesce(min(episodes.n_referrals), 0)
