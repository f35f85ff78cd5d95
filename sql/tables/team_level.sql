-- One row per team that the project places on a step: team as its referrals name it, in any case; '' for every other team of the
-- service. step: 1 the lowest. is_secondary_care: 1 where being referred there counts as going on to secondary care.
create table team_level (
    service_code text not null,
    team text not null,
    step integer not null,
    is_secondary_care integer not null check (is_secondary_care in (0, 1)),
    primary key (service_code, team)
)
