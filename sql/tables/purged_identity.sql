-- One row per identifier of a purged person, so that a later file cannot bring them back unseen. kind: as in opt_out.
-- mark: a one-way hash of the pseudonym, which is itself gone: it can be recognised when met again and joins to nothing.
create table purged_identity (
    mark text not null,
    kind text not null,
    purged_date text not null,
    primary key (mark, kind)
)
