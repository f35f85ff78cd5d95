-- One row per word, in small letters, that a referral's source is recorded as where the person came by themselves.
create table self_referral_source (
    recorded_as text primary key
)
