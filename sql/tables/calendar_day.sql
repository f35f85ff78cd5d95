-- One row per day on which anything can fall into a window: its calendar month, counted from year 0, its day of the month, and how many
-- days the month has. The month of an event from joining is told from these alone (int_use_by_month).
create table calendar_day (
    day integer primary key,
    month_number integer not null,
    day_of_month integer not null,
    days_in_month integer not null
)
