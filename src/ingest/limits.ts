/** What a file may hold at most. Each limit stands before or during the reading, never after it. */
export const LIMITS = {
  file_bytes: 2 ** 31,
  archive_parts: 2000,
  part_bytes: 2 ** 30,
  archive_bytes: 2 ** 31,
  unpacked_ratio: 200,
  ratio_from_bytes: 10 * 2 ** 20,
  packed_workbook_bytes: 2 ** 28,
  cell_characters: 2 ** 20,
  columns: 2000,
  sheet_cells: 50_000_000,
  shared_characters: 2 ** 27,
  json_depth: 64,
  json_record_characters: 2 ** 24,
} as const

/** What each limits, for the reference page. */
export const LIMIT_WORDS: Readonly<Record<keyof typeof LIMITS, string>> = {
  file_bytes: 'bytes of a file, or of what a .gz unpacks to',
  archive_parts: 'files in an archive, or parts of a workbook',
  part_bytes: 'bytes that one of them unpacks to',
  archive_bytes: 'bytes that all of them unpack to',
  unpacked_ratio: 'bytes out for each byte in, where a file is packed',
  ratio_from_bytes: 'bytes that may come out before that ratio counts',
  packed_workbook_bytes: 'bytes of a workbook inside an archive, which has to be held in memory',
  cell_characters: 'characters of a cell (CSV, XLSX)',
  columns: 'columns',
  sheet_cells: 'cells of a sheet',
  shared_characters: 'characters of all the different texts of a workbook, which have to be held in memory',
  json_depth: 'objects and lists inside each other',
  json_record_characters: 'characters of a JSON record',
}
