-- One row per identifier met, as its keyed pseudonym. kind: nhs_number or local_id (namespaced by provider before hashing).
-- identity_key counts up in the order of first meeting, so results never depend on the secret.
create table identity (
    identity_key integer primary key,
    kind text not null check (kind in ('nhs_number', 'local_id')),
    pseudonym text not null unique
)
