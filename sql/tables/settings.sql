-- One row: the rules of this project that the models read. Every value is stated in the reports.
-- min_pair_days: least days between first and last score. reentry_days: a new referral within so many days of the last
-- discharge continues the episode. index_event: the day that parts before from after (int_index_days). is_national_parity: 1 repeats the published
-- query's known traps (rounding, first answer 8, same-day pairs); 0 follows the rule as written.
-- end_score_days: a score no more than so many days before the end of an episode is the score at its end.
-- mainly_seen_by: how the staff role that mainly saw a person is told: most_contacts or over_half of the attended contacts.
-- two_arms: where a person in two intervention arms counts: in a row of their own (both), or in the first or last arm.
-- side_by_side_days: two questionnaires so many days apart count as taken side by side.
-- start_contact: which attended contact of an episode is its start, where that is the index event.
-- transfer_days: leaving one team and starting with another so many days apart, either way round, is a transfer.
-- secondary_care_days: a referral to secondary care so many days after leaving a service still counts as going on from it.
-- data_start_day, data_end_day: the days between which service use was recorded; data_end_day is the last whole day.
create table settings (
    settings_id integer primary key check (settings_id = 1),
    reentry_days integer not null,
    min_pair_days integer not null,
    assessment_days_before_start integer not null,
    assessment_days_after_end integer not null,
    end_score_days integer not null,
    index_event text not null check (
        index_event in ('referral', 'self_referral', 'first_contact', 'first_attendance', 'start')
    ),
    start_contact integer not null,
    window_months integer not null,
    is_national_parity integer not null,
    mainly_seen_by text not null check (mainly_seen_by in ('most_contacts', 'over_half')),
    two_arms text not null check (two_arms in ('both', 'first', 'last')),
    side_by_side_days integer not null,
    transfer_days integer not null,
    secondary_care_days integer not null,
    data_start_day integer,
    data_end_day integer not null
)
