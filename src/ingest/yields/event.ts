import { type Columns, codeKey, type Field } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'
import { compileEventTypeRules } from './event-type-rules.ts'
import { compileReference } from './own-reference.ts'

export function compileEvent(parts: Extract<Yield, { kind: 'event' }>, columns: Columns): CompiledYield {
  const ref = columns.field(parts.event_ref)
  const reference = compileReference(parts.event_ref, parts.event_key, columns)
  const part = columns.field(parts.part_ref)
  const referral = columns.field(parts.referral_ref)
  const ruled = compileEventTypeRules(parts.event_type_when, columns)
  const type = columns.field(parts.event_type)
  const start = columns.field(parts.start_date)
  const end = columns.field(parts.end_date)
  const provider = columns.field(parts.provider)
  return (row) => {
    if (row.isBlank(ref, start, end)) return null
    row.need(start, 'start_date')
    const startDate = row.date(start)
    const endDate = row.date(end)
    if (startDate !== null && endDate !== null && endDate < startDate) {
      row.fault({ code: 'end_before_start', column: end?.column ?? null })
    }
    return {
      table: 'service_event',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
        ...eventAndPart(row, reference(row), part),
        ...eventType(row, type, ruled(row)),
        ...dated('start', startDate),
        ...dated('end', endDate),
        provider_code: row.word(provider),
      },
    }
  }
}

/** Parts are numbered within their event: the first episode of one spell is not that of another. */
function eventAndPart(row: RowReader, event_ref: string | null, part: Field | null) {
  const text = row.text(part)
  return { event_ref, part_ref: text === '' ? null : row.referenceTo(JSON.stringify([event_ref, text])) }
}

/** A code that the profile does not list is loaded as `unmapped` with its own text beside it, so that it can be counted. */
function eventType(
  row: RowReader,
  field: Field | null,
  ruled: string | null,
): { event_type: string; source_code: string | null } {
  if (ruled !== null) return { event_type: ruled, source_code: null }
  row.need(field, 'event_type')
  const text = row.text(field)
  const word = row.word(field)
  const source_code = field === null || field.constant !== null || text === '' ? null : row.label(text, field.column)
  if (word !== null && row.setup.isEventType(word)) return { event_type: word, source_code }
  const isListed = field?.codes?.has(codeKey(text)) ?? false
  if (word !== null && (isListed || field?.otherwise === 'quarantine')) {
    row.fault({ code: 'unknown_code', column: field?.column ?? 'event_type', known: [] })
  }
  return { event_type: 'unmapped', source_code }
}
