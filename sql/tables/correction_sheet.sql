-- One row per sheet of corrections that was applied, in that order: of two that correct one cell, the later holds. What a sheet says
-- is not here, as it may identify people: the sheet is read again when the files are.
create table correction_sheet (
    sheet_number integer primary key,
    sha256 text not null unique,
    file_name text not null,
    origin text not null,
    n_cells integer not null,
    n_rows_left_out integer not null
)
