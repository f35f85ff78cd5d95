import { type Columns, codeKey, type Field } from '../columns.ts'
import type { Yield } from '../profile.ts'
import { Remembered } from '../remembered.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dayOf } from './dated.ts'
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
  const kinds = new Remembered<EventKind>(MOST_KINDS)
  return (row) => {
    const startDate = row.date(start)
    if (startDate === null) {
      if (row.isBlank(ref, start, end)) return null
      row.need(start, 'start_date')
    }
    const endDate = row.date(end)
    if (startDate !== null && endDate !== null && endDate < startDate) {
      row.fault({ code: 'end_before_start', column: end?.column ?? null })
    }
    const event_ref = reference(row)
    const { event_type, source_code } = kindOf(row, type, ruled(row), kinds)
    return {
      table: 'service_event',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
        event_ref,
        part_ref: partRef(row, event_ref, part),
        event_type,
        source_code,
        start_date: startDate,
        start_day: startDate === null ? null : dayOf(startDate),
        end_date: endDate,
        end_day: endDate === null ? null : dayOf(endDate),
        provider_code: row.word(provider),
      },
    }
  }
}

interface EventKind {
  readonly event_type: string
  readonly source_code: string | null
}

const MOST_KINDS = 1 << 12

/** Parts are numbered within their event: the first episode of one spell is not that of another. */
function partRef(row: RowReader, event_ref: string | null, part: Field | null): string | null {
  const text = row.text(part)
  return text === '' ? null : row.referenceTo(JSON.stringify([event_ref, text]))
}

function kindOf(row: RowReader, field: Field | null, ruled: string | null, known: Remembered<EventKind>): EventKind {
  if (ruled !== null || field === null || field.constant !== null) return eventType(row, field, ruled)
  return row.recall(field, known) ?? (row.noted(known, row.text(field), eventType(row, field, null)) as EventKind)
}

/** A code that the profile does not list is loaded as `unmapped` with its own text beside it, so that it can be counted. */
function eventType(row: RowReader, field: Field | null, ruled: string | null): EventKind {
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
