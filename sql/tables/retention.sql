-- One row at most: records all of whose dates are before this day were purged, and are held back when they come again.
create table retention (
    retention_id integer primary key check (retention_id = 1),
    purged_before_date text not null,
    purged_before_day integer not null
)
