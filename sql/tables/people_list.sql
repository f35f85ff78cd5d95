-- One row per list of people that was read: the opt-out list, or a map of local identifiers. The file stays where it is.
-- list_number: 0 for the opt-out list, from 1 for maps, in the order of outcomes.yaml. named_in: outcomes.yaml, or the command
-- line. list_date: as declared, else the day the file was last changed. n_faulty: lines that could not be used.
create table people_list (
    kind text not null check (kind in ('opt_out', 'identity_map')),
    list_number integer not null,
    named_in text not null check (named_in in ('project', 'command')),
    sha256 text not null,
    list_date text not null,
    n_entries integer not null,
    n_faulty integer not null,
    primary key (kind, list_number)
)
