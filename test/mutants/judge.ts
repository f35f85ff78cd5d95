import type { SlowFile, SlowRecord } from './form.ts'
import type { Kind, Reading } from './kinds.ts'
import type { Outcome } from './read-mutant.ts'

/** The file before it was damaged: its headings, and what each of its records says, by the record's own text. */
export interface Truth {
  readonly headings: string
  readonly readings: ReadonlyMap<string, string>
}

export function truthOf(slow: SlowFile, kind: Kind): Truth {
  const readings = slow.records.map(({ row, text }) => [text, textOf(kind.spell(row))] as const)
  if (readings.some(([, reading]) => reading === SILENT)) throw new Error(`a record of ${kind.name} says nothing`)
  return { headings: JSON.stringify(slow.headings), readings: new Map(readings) }
}

/**
 * What is wrong with an outcome; nothing, if all is well. Every record loaded says what the damaged file says in that very place, by
 * an independent reader; or, where the bytes there were damaged, what a record of the undamaged file says. Every record that no
 * damage touched is loaded. `slow` is null where the damage is to bytes with a checksum: then all undamaged records are loaded, and no others.
 */
export function judge(outcome: Outcome, kind: Kind, truth: Truth, slow: SlowFile | null): string[] {
  const faults = [...outcome.violations]
  const { physical_lines, records } = outcome.report
  if (outcome.rows.size !== records) faults.push(`${records} records, but ${outcome.rows.size} different row numbers`)
  if (slow === null) return [...faults, ...wrongByChecksum(outcome, truth)]
  if (slow.n_lines !== null && slow.n_lines !== physical_lines) {
    faults.push(`${physical_lines} physical lines, but the file has ${slow.n_lines}`)
  }
  const isNumbered = slow.records.every(({ row_number }) => row_number > 0)
  const wrong = isNumbered ? wrongByRow(outcome, kind, truth, slow) : wrongBySet(outcome, kind, truth, slow)
  return [...faults, ...wrong]
}

/** Such a file is refused, or whole. */
function wrongByChecksum({ stored }: Outcome, truth: Truth): string[] {
  const loaded = new Set(stored.map(said))
  const n_lost = [...truth.readings.values()].filter((reading) => !loaded.has(reading)).length
  const lost = n_lost === 0 ? [] : [`${n_lost} records are lost that a checksum stands for`]
  return [...stored.flatMap((row) => unlessOriginal(row, truth)), ...lost]
}

function wrongByRow({ stored, rows }: Outcome, kind: Kind, truth: Truth, slow: SlowFile): string[] {
  const records = new Map(slow.records.map((record) => [record.row_number, record]))
  const isUntouched = ({ text }: SlowRecord) => truth.readings.has(text)
  const wrong = stored.flatMap((row) => {
    const record = records.get(row.row_number)
    if (record !== undefined && said(row) === textOf(kind.spell(record.row))) return []
    if (record !== undefined && isUntouched(record)) return `row ${row.row_number} is untouched, and loaded otherwise`
    return unlessOriginal(row, truth)
  })
  const loaded = new Set(stored.map(said))
  const doubles = slow.records.filter(({ row_number, row }) => {
    const reading = textOf(kind.spell(row))
    return rows.get(row_number) === 'duplicate' && !loaded.has(reading)
  })
  const isNoRecord = ({ row }: SlowRecord) => {
    const cells = kind.headings.map((heading) => row(heading).trim())
    return cells.every((cell) => cell === '') || cells.every((cell, i) => cell === kind.headings[i])
  }
  const unheard = slow.records.filter((record) => !rows.has(record.row_number) && !isNoRecord(record))
  const lost = JSON.stringify(slow.headings) !== truth.headings ? [] : slow.records.filter(isUntouched)
  return [
    ...wrong,
    ...unheard.map(({ row_number }) => `row ${row_number} is in no account`),
    ...doubles.map(({ row_number }) => `row ${row_number} counts as a duplicate of nothing`),
    ...lost
      .filter(({ row_number }) => !['loaded', 'duplicate'].includes(rows.get(row_number) ?? 'lost'))
      .map(({ row_number }) => `row ${row_number} is untouched, and ${rows.get(row_number) ?? 'lost'}`),
  ]
}

function wrongBySet({ stored }: Outcome, kind: Kind, truth: Truth, slow: SlowFile): string[] {
  const spelled = slow.records.map(({ row }) => textOf(kind.spell(row)))
  const counts = new Map<string, number>()
  for (const reading of spelled) counts.set(reading, (counts.get(reading) ?? 0) + 1)
  const wrong = stored.flatMap((row) => {
    const left = counts.get(said(row)) ?? 0
    counts.set(said(row), left - 1)
    return left > 0 ? [] : unlessOriginal(row, truth)
  })
  const loaded = new Set(stored.map(said))
  const lost = slow.records.filter(
    ({ text }) => truth.readings.has(text) && !loaded.has(truth.readings.get(text) ?? ''),
  )
  return [...wrong, ...lost.map(() => 'a record is untouched, and not loaded')]
}

function unlessOriginal(row: Reading & { row_number: number }, truth: Truth): string[] {
  const isOriginal = [...truth.readings.values()].includes(said(row))
  return isOriginal ? [] : [`row ${row.row_number} is loaded as what nobody wrote`]
}

const SILENT = 'nothing'

function said({ row_number: _, ...reading }: Reading & { row_number: number }): string {
  return textOf(reading)
}

/** The same for the same reading, whatever the order of its words. Blank and left out are one. */
export function textOf(reading: Reading | null): string {
  if (reading === null) return SILENT
  const filled = Object.entries(reading).filter(([, value]) => value !== null)
  return JSON.stringify(filled.sort(([a], [b]) => (a < b ? -1 : 1)))
}
