-- One row per pair of event types of which one event may be told twice (an A&E visit that became an admission): the merged one is not
-- counted where one that is kept began on its day or at most days_later days after.
create table overlap_rule (
    kept_type text not null,
    merged_type text not null,
    days_later integer not null,
    primary key (kept_type, merged_type)
)
