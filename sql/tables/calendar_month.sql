-- One row per calendar month from the first day that may be an index day to the end of the data. month: YYYY-MM.
-- [first_day, next_day). Calendar sums are done once, in src/domain, and stored here.
create table calendar_month (
    first_day integer primary key,
    next_day integer not null,
    month text not null
)
