-- One row per measure whose items are all answered on one range of whole numbers, copied from the measure files.
create table answer_range (
    measure_id text primary key,
    lowest integer not null,
    highest integer not null
)
