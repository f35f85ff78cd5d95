import { type TableDefinition, tableDefinitions } from './tables.ts'

const TYPES: Readonly<Record<string, string>> = { integer: 'number', real: 'number', text: 'string' }

/**
 * The text of `table-types.ts`: one interface per table of `sql/tables`, read from its columns. A listed check
 * (`check (kind in ('a', 'b'))`) becomes a union. An `integer primary key` may be left out of an insert.
 */
export function tableTypesText(): string {
  const tables = [...tableDefinitions()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const map = tables.map(({ name }) => `  ${name}: ${typeName(name)}`)
  return [
    '// Generated from sql/tables: after a change there, run `npx vitest run test/store/tables.test.ts -u`.',
    "import type { Generated } from 'kysely'",
    '',
    `export interface StoreTables {\n${map.join('\n')}\n}`,
    '',
    tables.map(tableInterface).join('\n\n'),
    '',
  ].join('\n')
}

function tableInterface({ name, sql }: TableDefinition): string {
  const columns = [...sql.matchAll(/^ {4}(\w+) (integer|real|text)\b(.*)$/gm)]
  const keys = /^ {4}primary key \((.+)\)/m.exec(sql)?.[1]?.split(', ') ?? []
  const lines = columns.map(([, column, type, rest]) => {
    return `  ${column}: ${columnType(type as string, rest as string, keys.includes(column as string))}`
  })
  return `export interface ${typeName(name)} {\n${lines.join('\n')}\n}`
}

function columnType(type: string, rest: string, isKeyPart: boolean): string {
  const listed = /check \(\w+ in \((.+)\)\)/.exec(rest)?.[1]
  const base = listed === undefined ? (TYPES[type] as string) : listed.split(', ').join(' | ')
  if (/\bprimary key\b/.test(rest)) return type === 'integer' ? `Generated<${base}>` : base
  return isKeyPart || /\bnot null\b/.test(rest) ? base : `${base} | null`
}

function typeName(table: string): string {
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Table`
}
