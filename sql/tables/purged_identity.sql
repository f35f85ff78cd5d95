-- One row per identifier of a purged person, so that a later file cannot bring them back unseen.
-- mark: a one-way hash of the pseudonym, which is itself gone: it can be recognised when met again and joins to nothing.
create table purged_identity (
    mark text primary key,
    kind text not null check (kind in ('nhs_number', 'local_id', 'referral_ref')),
    purged_date text not null
)
