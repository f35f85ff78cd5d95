-- One row per day that may be an index day and month offset: edge_day is the same day of the month so many months away.
-- Calendar sums are done once, in src/domain, and stored here.
create table month_edge (
    index_day integer not null,
    month_offset integer not null,
    edge_day integer not null,
    primary key (index_day, month_offset)
)
