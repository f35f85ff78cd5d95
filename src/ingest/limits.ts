/** What a file may hold at most. Each limit stands before or during the reading, never after it; the reference page lists them. */
export const LIMITS = {
  /** Bytes of a file, or of what a packed file unpacks to. */
  file_bytes: 2 ** 31,
  /** Parts of an archive, or of a workbook, which is one. */
  archive_parts: 2000,
  /** Bytes that one part unpacks to. */
  part_bytes: 2 ** 30,
  /** Bytes that all parts unpack to. */
  archive_bytes: 2 ** 31,
  /** Bytes out for each byte in, counted once `ratio_from_bytes` have come out. */
  unpacked_ratio: 200,
  ratio_from_bytes: 10 * 2 ** 20,
  /** Bytes of a workbook that is itself inside an archive: it has to be held in memory. */
  packed_workbook_bytes: 2 ** 28,
  /** Characters of one cell. */
  cell_characters: 2 ** 20,
  columns: 2000,
  /** Cells of one sheet. */
  sheet_cells: 50_000_000,
  /** Characters of all the different texts of a workbook together: they are held in memory. */
  shared_characters: 2 ** 27,
  /** Objects and lists inside each other. */
  json_depth: 64,
  /** Characters of one JSON record. */
  json_record_characters: 2 ** 24,
} as const
