import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import { ONLY_SERVICE } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

/** Counts with no person behind them; `service` may be any organisation's code, as it is written. */
export function compileAggregate(parts: Extract<Yield, { kind: 'aggregate' }>, columns: Columns): CompiledYield {
  const period = columns.field(parts.period)
  const subject = columns.field(parts.subject)
  const service = columns.field(parts.service)
  const counts = Object.entries(parts.counts).map(([category, heading]) => ({
    category,
    field: columns.field(heading),
  }))
  return (row) => {
    if (row.isBlank(...counts.map(({ field }) => field))) return null
    row.need(period, 'period')
    row.need(subject, 'subject')
    const shared = {
      service_code: row.word(service) ?? row.setup.service ?? ONLY_SERVICE,
      ...dated('period', row.period(period)),
      subject: row.word(subject),
    }
    return counts.flatMap(({ category, field }) => {
      const count_value = row.integer(field, 0)
      return count_value === null ? [] : [{ table: 'aggregate_count', values: { ...shared, category, count_value } }]
    })
  }
}
