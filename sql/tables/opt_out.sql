-- One row per pseudonym whose records are held back because the person is on the National Data Opt-Out list.
-- met: list (an NHS number of the list itself), or record (a local identifier or referral number that came beside one).
create table opt_out (
    pseudonym text primary key,
    kind text not null check (kind in ('nhs_number', 'local_id', 'referral_ref')),
    met text not null check (met in ('list', 'record'))
)
