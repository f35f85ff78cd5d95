import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ColumnKind, ReleasedCell, ReleasedColumn, ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import type { ServiceName } from '../analysis.ts'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `1 April 2019`. A date of the data's period, never one of a person's. */
export function dateInWords(gate: Gate, date: IsoDate): ReleasedText {
  const [year, month, day] = date.split('-')
  return gate.label(`${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`)
}

/** `October 2019` of any day in it. */
export function monthInWords(gate: Gate, date: string): ReleasedText {
  const [year, month] = date.split('-')
  return gate.label(`${MONTHS[Number(month) - 1]} ${year}`)
}

/** `Flourish, Dorset`; the name alone where the area is not known. */
export function serviceWords({ name, area }: ServiceName): string {
  return area === '' ? name : `${name}, ${area}`
}

/** A label inside a sentence: `Ambulance call-out` becomes `ambulance call-out`, `A code` becomes `a code`, `GP consultation` and `A&E` stay. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z ]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** Parts one after another with a separator between. */
export function join(
  parts: readonly (Released | ReleasedText)[],
  separator: ', ' | ' ' | '; ' | '\n' = ', ',
): ReleasedText {
  return parts.reduce<ReleasedText>(
    (text, part, at) => (at === 0 ? say`${part}` : say`${text}${separator}${part}`),
    say``,
  )
}

/** `4.2 to 9.1`; `4.2 or more` where only the lower end exists; the reason where neither does. */
export function interval(low: Released, high: Released): ReleasedText {
  if (!low.is_shown) return say`${low}`
  return high.is_shown ? say`${low} to ${high}` : say`${low} or more`
}

/** An interval in a table: a withheld or absent one keeps its marker. */
export function intervalCell(low: Released, high: Released): ReleasedCell {
  return low.is_shown ? interval(low, high) : low
}

/** `0.59 (0.53 to 0.66)` in a table; the marker where the estimate is withheld, the estimate alone where only its interval is. */
export function estimateCell(estimate: Released, low: Released, high: Released): ReleasedCell {
  if (!estimate.is_shown) return estimate
  return low.is_shown ? say`${estimate} (${interval(low, high)})` : say`${estimate} (no interval)`
}

/** A table's columns from short rows: id, label, kind. */
export function columns(
  gate: Gate,
  list: readonly (readonly [id: string, label: string, kind: ColumnKind])[],
): readonly ReleasedColumn[] {
  return list.map(([id, label, kind]) => ({ id, label: gate.label(label), kind }))
}

export function table(
  gate: Gate,
  id: string,
  title: string,
  list: readonly (readonly [id: string, label: string, kind: ColumnKind])[],
  rows: ReleasedTable['rows'],
  notes: readonly ReleasedText[] = [],
): ReleasedTable {
  return { id, title: gate.label(title), columns: columns(gate, list), rows, notes }
}

/** A p value as print has it: three decimals, and never nought. */
export function pValue(p: Released): ReleasedCell {
  return p.value === 0 ? say`under 0.001` : p
}
