import { type IsoDate, monthOf } from '../../domain/iso-date.ts'
import type { Columns } from '../columns.ts'
import { targetOfCode } from '../instruments.ts'
import type { Yield } from '../profile.ts'
import { ONLY_SERVICE } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

/** A score of someone who is not known is one to count: the measure and the month are kept, the score is not. */
export function compileAnonymousScore(
  parts: Extract<Yield, { kind: 'anonymous_score' }>,
  columns: Columns,
): CompiledYield {
  const code = columns.field(parts.code)
  const period = columns.field(parts.period)
  const service = columns.field(parts.service)
  return (row) => {
    if (row.isBlank(code, period)) return null
    row.need(code, 'code')
    row.need(period, 'period')
    const date = row.date(period)
    const measure_id = targetOfCode(row.text(code))?.measure.measure_id ?? 'other'
    return {
      table: 'aggregate_count',
      values: {
        service_code: row.word(service) ?? row.setup.service ?? ONLY_SERVICE,
        ...dated('period', date === null ? null : (`${monthOf(date)}-01` as IsoDate)),
        subject: 'anonymous_assessment',
        category: measure_id,
        count_value: 1,
      },
    }
  }
}
