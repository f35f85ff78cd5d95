import { isVerhoeffValid } from '../../measures/registry.ts'
import { type Columns, codeKey, type Field } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'

type Rules = Extract<Yield, { kind: 'event' }>['event_type_when']

/** Finds the event type that columns other than the event's own decide; null where no rule holds. */
export function compileEventTypeRules(rules: Rules, columns: Columns): (row: RowReader) => string | null {
  const compiled = rules.map((rule) => ({
    use: rule.use,
    fields: rule.columns.map((column) => columns.field({ ...OPTIONAL, column })),
    listed: rule.in === undefined ? null : new Set(rule.in.map(codeKey)),
    separator: rule.separator,
  }))
  return (row) => {
    const holds = compiled.find(({ fields, listed, separator }) => {
      if (listed === null) return row.isBlank(...fields)
      return fields.some((field) => listed.has(codeKey(firstCode(row, field, separator))))
    })
    return holds?.use ?? null
  }
}

const OPTIONAL = { otherwise: 'keep', optional: true, minus: 0 } as const
const SHORTEST_SNOMED = 6

/** A SNOMED CT code that a spreadsheet has cut short is in no list: that is said, so that it does not count as another reason. */
function firstCode(row: RowReader, field: Field | null, separator: string | undefined): string {
  const text = row.text(field)
  const code = separator === undefined ? text : (text.split(separator)[0] ?? '').trim()
  const isDamaged = code.length >= SHORTEST_SNOMED && /^[\d.]+(e\+?\d+)?$/i.test(code) && !isVerhoeffValid(code)
  if (isDamaged && field !== null) row.doubt({ code: 'snomed_check_digit', column: field.column })
  return code
}
