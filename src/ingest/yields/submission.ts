import type { Columns, Field } from '../columns.ts'
import type { Yield } from '../profile.ts'
import { readDate, WRITTEN } from '../read-date.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

/** An eight-byte number would not fit an `integer` of PostgreSQL. */
const GREATEST_NUMBER = 2_147_483_647

/** In which submission the record came; null where none of it is there. */
export function compileSubmission(parts: Extract<Yield, { kind: 'submission' }>, columns: Columns): CompiledYield {
  const provider = columns.field(parts.provider)
  const periodEnd = columns.field(parts.period_end)
  const number = columns.field(parts.submission_number)
  const effective = columns.field(parts.effective)
  return (row) => {
    if (row.isBlank(periodEnd, number, effective)) return null
    return {
      table: 'submission_row',
      values: {
        provider_code: row.word(provider),
        ...dated('period_end', dateOfAnyTime(row, periodEnd)),
        submission_number: row.integer(number, 0, GREATEST_NUMBER),
        ...dated('effective', dateOfAnyTime(row, effective)),
      },
    }
  }
}

/** The period that a submission is for may end after today. */
function dateOfAnyTime(row: RowReader, field: Field | null) {
  const text = row.text(field)
  if (field === null || text === '') return null
  const order = field.date_order ?? row.setup.date_order
  const read = readDate(text, order, row.setup.serial_dates)
  if ('date' in read) return read.date
  row.fault({ code: 'not_a_date', column: field.column, written: WRITTEN[order] })
  return null
}
