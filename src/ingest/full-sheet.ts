const FULL = new Map([
  [65_536, 'an old Excel sheet (.xls)'],
  [1_048_576, 'an Excel sheet'],
])

/** A doubt about a file exactly as long as a sheet can be: thousands of records have been lost that way before. Null otherwise. */
export function fullSheetNote(n_rows: number): string | null {
  const what = FULL.get(n_rows)
  if (what === undefined) return null
  return `There are exactly ${n_rows.toLocaleString('en-GB')} rows, as many as ${what} can hold: check that the export was not cut off.`
}
