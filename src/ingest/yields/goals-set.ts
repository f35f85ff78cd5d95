import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { Cell } from '../profile-cells.ts'
import type { RowReader } from '../row-reader.ts'
import { itemHeadings } from './items.ts'

type Assessment = Extract<Yield, { kind: 'assessment' }>

/** Reads when each goal of a form was set, parted by commas. Null where the form says it of none. */
export function compileGoalsSet({ goals_set: parts }: Assessment, columns: Columns): (row: RowReader) => string | null {
  if (parts === undefined) return () => null
  const fields = itemHeadings({ items: parts }).map((heading) => columns.field(heading))
  return (row) => {
    const dates = fields.map((field) => row.date(field) ?? '')
    return dates.some((date) => date !== '') ? dates.join(',') : null
  }
}

/** The same of one goal: its date, or the day of a rating that is marked as a new goal's first (`yes`). */
export function compileGoalSet(
  parts: { goal_set_date?: Cell | undefined; goal_is_new?: Cell | undefined; assessed_date?: Cell | undefined },
  columns: Columns,
): (row: RowReader) => string | null {
  const set = columns.field(parts.goal_set_date)
  const isNew = columns.field(parts.goal_is_new)
  const assessed = columns.field(parts.assessed_date)
  if (set === null && isNew === null) return () => null
  return (row) => row.date(set) ?? (row.word(isNew)?.toLowerCase() === 'yes' ? row.date(assessed) : null)
}
