-- One row per pseudonym whose records are held back because the person is on the National Data Opt-Out list.
-- kind: nhs_number, local_id, or the column of a reference (referral_ref, contact_ref ...), as references of two kinds may look alike.
-- met: list (an NHS number of the list itself), or record (an identifier or reference that came beside one).
create table opt_out (
    pseudonym text not null,
    kind text not null,
    met text not null check (met in ('list', 'record')),
    primary key (pseudonym, kind)
)
