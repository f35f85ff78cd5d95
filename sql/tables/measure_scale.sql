-- One row per measure and scale, copied from the measure files so that models can join them.
-- national_change_points is null where the national rule does not count the scale.
create table measure_scale (
    measure_id text not null,
    scale_id text not null,
    better text not null check (better in ('higher', 'lower')),
    min_score real not null,
    max_score real not null,
    national_change_points real,
    primary key (measure_id, scale_id)
)
