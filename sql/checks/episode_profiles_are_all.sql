-- Episodes without a profile.
select episodes.episode_id
from episodes
left join episode_profiles
    on episode_profiles.episode_id = episodes.episode_id
where episode_profiles.episode_id is null
