-- One row per declared pair: a local identifier of one organisation and the same person's identifier elsewhere, as pseudonyms.
-- map_number: the place of the map among identity_maps in outcomes.yaml.
create table identity_map (
    map_number integer not null,
    local_pseudonym text not null,
    other_pseudonym text not null,
    other_kind text not null check (other_kind in ('nhs_number', 'local_id')),
    primary key (map_number, local_pseudonym, other_pseudonym)
)
