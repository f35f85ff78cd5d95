import { type Columns, codeKey } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import { itemHeadings } from './items.ts'

type Parts = Extract<Yield, { kind: 'assessment' }>

/** Reads whether more help is wanted, a character an item: 1 yes, 0 no, - not answered. Null where the profile does not say where. */
export function compileHelpWanted({ help_wanted: parts }: Parts, columns: Columns): (row: RowReader) => string | null {
  if (parts === undefined) return () => null
  const asked = itemHeadings({ items: parts.columns })
  if (parts.optional && !asked.some((heading) => columns.has(heading))) return () => null
  const fields = asked.map((heading) => columns.field(heading))
  const [yes, no] = [new Set(parts.yes.map(codeKey)), new Set(parts.no.map(codeKey))]
  return (row) =>
    fields
      .map((field) => {
        const word = codeKey(row.text(field))
        if (word === '') return '-'
        if (yes.has(word)) return '1'
        if (!no.has(word)) row.fault({ code: 'unknown_code', column: field?.column ?? '', known: [...yes, ...no] })
        return '0'
      })
      .join('')
}
