import { isVerhoeffValid } from '../../measures/registry.ts'
import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'

/** An entry of a published list: kept even where its code's check digit fails, and marked so. */
export function compileCodeList(parts: Extract<Yield, { kind: 'code_list' }>, columns: Columns): CompiledYield {
  const code = columns.field(parts.code)
  const term = columns.field(parts.term)
  const tool = columns.field(parts.tool_name)
  const category = columns.field(parts.category)
  const version = columns.field(parts.version)
  const lower = columns.field(parts.lower_bound)
  const upper = columns.field(parts.upper_bound)
  return (row) => {
    if (row.isBlank(code, term)) return null
    row.need(code, 'code')
    row.need(term, 'term')
    const text = row.text(code)
    return {
      table: 'code_list_entry',
      values: {
        code: text,
        term: row.text(term),
        tool_name: row.text(tool) || null,
        category: row.text(category) || null,
        version: row.text(version) || null,
        lower_bound: row.number(lower),
        upper_bound: row.number(upper),
        is_check_digit_valid: isVerhoeffValid(text) ? 1 : 0,
      },
    }
  }
}
