-- One row per loaded questionnaire, or part of one. items: the answers as given, in the instrument's order, separated by
-- commas, blank where not answered. Where only a score came, items is null and supplied_scale says which score it is
-- (total, item_3, goal_1 ...). Both may be there: then supplied_score is checked against the items.
-- coding: scored (digits already point the measure's way) or raw. Identities are null where only a reference names the person.
-- A score sent against a care activity, a contact or a cluster assessment has that one's reference, and no date of its own:
-- stg_assessments_dated finds it.
-- help_wanted: one character an item, in the instrument's order: 1 more help is wanted, 0 it is not, - not answered. Null: not
-- exported (only DIALOG+ asks).
-- goals_set: when each goal was set, in the order of the goals, separated by commas, blank where not said; one date where the record
-- is of one goal. Null: the export does not say. The words of a goal are never kept.
create table assessment_record (
    assessment_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    nhs_identity_key integer references identity (identity_key),
    local_identity_key integer references identity (identity_key),
    referral_ref text,
    activity_ref text,
    contact_ref text,
    cluster_ref text,
    service_code text not null,
    team text,
    measure_id text not null,
    assessed_date text,
    assessed_day integer,
    coding text not null check (coding in ('scored', 'raw')),
    items text,
    supplied_scale text,
    supplied_score real,
    help_wanted text,
    goals_set text
)
