import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { remedy } from '../src/ingest/issues.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { openProjectStore, requireStore } from './project-store.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  project: string
  export?: string
}

/** One fault of one row held back. A row with several faults is named once for each. */
export interface HeldBack {
  file: string
  sheet: string
  row_number: number
  column: string | null
  code: string
  expected: string
  what_to_do: string
}

const SHOWN = 40

/** `outcomes quarantine`: the rows held back, with reasons, and the list to send back to the team. */
export function quarantineCommand(world: World): Command {
  return new Command('quarantine')
    .description('rows held back, with reasons')
    .option('--project <dir>', 'the project folder', '.')
    .option('--export <file>', 'write the list as CSV, to send back to the team')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes quarantine --project my-service --export send-back.csv')
    .action((options: Options) => {
      const dir = resolve(world.cwd, options.project)
      requireStore(world, dir)
      const store = openProjectStore(world, dir, { readonly: true })
      try {
        const rows = heldBack(store.sqlite)
        const path = options.export === undefined ? null : resolve(world.cwd, options.export)
        if (path !== null) exportList(path, rows)
        answer(world, options, { rows, exported_to: path }, () => textOf(rows, path))
      } finally {
        store.close()
      }
    })
}

function heldBack(db: Database): HeldBack[] {
  const rows = db
    .prepare<[], Omit<HeldBack, 'what_to_do'>>(`
      select
        import_file.file_name as file,
        import_file.sheet,
        quarantine_row.row_number,
        quarantine_row.column_name as "column",
        quarantine_row.code,
        quarantine_row.expected
      from quarantine_row
      inner join import_file on import_file.file_id = quarantine_row.file_id
      order by import_file.file_id, quarantine_row.row_number, quarantine_row.fault_number`)
    .all()
  return rows.map((row) => ({ ...row, what_to_do: remedy(row.code) }))
}

function textOf(rows: readonly HeldBack[], path: string | null): string {
  if (rows.length === 0) return ['No rows are held back.', ...(path === null ? [] : [`Wrote ${path}`])].join('\n')
  const lines = rows.slice(0, SHOWN).map(({ file, sheet, row_number, column, code, expected }) => {
    const where = `${file}${sheet === '' ? '' : ` [${sheet}]`} row ${row_number}`
    return `${where}: ${column === null ? '' : `${column}: `}expected ${expected} (${code})`
  })
  if (rows.length > SHOWN) lines.push(`… and ${rows.length - SHOWN} more; --export FILE.csv writes them all`)
  if (path !== null) lines.push(`Wrote ${path}`)
  return lines.join('\n')
}

function exportList(path: string, rows: readonly HeldBack[]): void {
  const headings = ['file', 'sheet', 'row', 'column', 'code', 'expected', 'what to do']
  const records = rows.map((row) => [
    row.file,
    row.sheet,
    String(row.row_number),
    row.column ?? '',
    row.code,
    row.expected,
    row.what_to_do,
  ])
  const text = [headings, ...records].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
  try {
    writeFileSync(path, `\ufeff${text}`, { mode: 0o600 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new OperatorError(`The list cannot be written to ${path} (${code}).`, EXIT.wrong_usage)
  }
}

/** A heading may begin with `=`: an apostrophe keeps a spreadsheet from running it (OWASP, CSV injection). */
function csvCell(text: string): string {
  const inert = /^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert
}
