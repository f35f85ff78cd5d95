-- One row per follow-up that the project asks for: so many months after the end of an episode, and how many days earlier or later
-- a score may be.
create table follow_up_point (
    follow_up_months integer not null,
    tolerance_days integer not null,
    primary key (follow_up_months)
)
