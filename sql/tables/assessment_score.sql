-- One row per scored assessment and scale; rebuilt from assessment_record, never loaded.
-- assessment_id is the first assessment_record of the form. score is null unless score_status is scored or sentinel; category
-- holds an algorithm's answer (ITQ diagnosis). score_status: scored, too_many_missing, invalid, undecided, and sentinel: a value
-- that the national lists accept and that is no answer (DIALOG 8), kept in score for the national rule alone.
-- method: items, items_<how> where answers were missing or set aside, or supplied; null where there is no score.
-- basis: what the score counts. whole_scale: the scale's items, all of them (answered, or allowed for by its rule for missing
-- ones); the items themselves, as goal1+goal3, where the rest do not apply to the person; not_stated: a mean of goals that
-- came without them. Two scores compare only where their basis is one. Null where method is.
create table assessment_score (
    assessment_id integer not null references assessment_record (assessment_id),
    scale_id text not null,
    measure_id text not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    referral_ref text,
    service_code text not null,
    team text,
    assessed_date text not null,
    assessed_day integer not null,
    score real,
    category text,
    score_status text not null,
    n_answered integer not null,
    n_expected integer not null,
    method text,
    basis text,
    primary key (assessment_id, scale_id)
)
