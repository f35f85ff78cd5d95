-- One row per loaded record of a team that a referral was made to (MHSDS 102). A referral may have several; rejected_day: when the
-- team turned it down. Monthly copies share referral_ref and team_ref.
create table referral_team (
    referral_team_id integer primary key,
    file_id integer not null references import_file (file_id),
    row_number integer not null,
    referral_ref text not null,
    service_code text not null,
    team_ref text,
    team_type text,
    rejected_date text,
    rejected_day integer
)
