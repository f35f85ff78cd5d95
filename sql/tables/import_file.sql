-- One row per file and sheet that was read. sheet is '' where the format has none.
-- n_records = n_loaded + n_duplicates + n_quarantined;
-- n_physical_lines = n_heading_lines + n_blank_lines + n_other_lines + n_record_lines.
-- records_hash is of the bag of records, whatever their order: see src/store/records-hash.ts.
-- date_order: as the operator declared it, over the profile. period: the days that the file was declared to be a submission for;
-- period_provider_code: whose submission, where the file itself says so ('' where it does not name them), else null.
-- superseded_by: the file_id of a later submission that stands in this one's place; its records are kept, and no model reads them.
-- file_name has long digit runs masked. columns_left_out is a JSON array of headings that no profile field names.
create table import_file (
    file_id integer primary key,
    sha256 text not null,
    sheet text not null,
    file_name text not null,
    origin text not null,
    profile_id text not null,
    profile_sha256 text not null,
    key_id text not null,
    service_code text,
    date_order text,
    period_start_date text,
    period_start_day integer,
    period_end_date text,
    period_end_day integer,
    period_provider_code text,
    superseded_by integer,
    encoding text,
    delimiter text,
    n_bytes integer not null,
    n_physical_lines integer not null,
    n_heading_lines integer not null,
    n_blank_lines integer not null,
    n_other_lines integer not null,
    n_record_lines integer not null,
    n_records integer not null,
    n_loaded integer not null,
    n_duplicates integer not null,
    n_quarantined integer not null,
    records_hash text not null,
    columns_left_out text not null,
    loaded_at text not null,
    unique (sha256, sheet)
)
