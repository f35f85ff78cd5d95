import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ColumnKind, ReleasedCell, ReleasedColumn, ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { IsoDate } from '../../src/domain/iso-date.ts'

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

/** Parts one after another with a separator between. */
export function join(parts: readonly (Released | ReleasedText)[], separator: ', ' | ' ' | '; ' = ', '): ReleasedText {
  return parts.reduce<ReleasedText>(
    (text, part, at) => (at === 0 ? say`${part}` : say`${text}${separator}${part}`),
    say``,
  )
}

/** `4.2 to 9.1`, or the reason there is no interval. */
export function interval(low: Released, high: Released): ReleasedText {
  return low.is_shown && high.is_shown ? say`${low} to ${high}` : say`${low}`
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
