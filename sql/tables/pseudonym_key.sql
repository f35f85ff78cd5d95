-- One row at most: the id of the key that every pseudonym of this store was made with. The key itself is never here.
create table pseudonym_key (
    pseudonym_key_id integer primary key check (pseudonym_key_id = 1),
    key_id text not null
)
