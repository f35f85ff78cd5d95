import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { WITHHELD } from '../src/domain/withheld.ts'
import { rowKey } from '../src/ingest/corrections.ts'
import { remedy } from '../src/ingest/issues.ts'
import { fileKey, LEAVE_OUT, MAKE_BLANK, SHEET_HEADINGS } from '../src/ingest/read-correction-sheet.ts'
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
  /** Names of the file and the row in the sheet, by which it is known again when it comes back. */
  file_key: string
  row_key: string
}

const SHOWN = 40

/** `outcomes quarantine`: the rows held back, with reasons, and the sheet in which the team can put them right. */
export function quarantineCommand(world: World): Command {
  return new Command('quarantine')
    .description('rows held back, with reasons')
    .option('--project <dir>', 'the project folder', '.')
    .option('--export <file>', 'write a sheet (CSV) for the team to fill in and send back')
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
    .prepare<[], Omit<HeldBack, 'what_to_do' | 'file_key' | 'row_key'> & { sha256: string; row_hash: string }>(`
      with held as materialized (
        select file_id, row_number, row_hash from import_row where outcome = 'quarantined'
      )
      select
        import_file.file_name as file,
        import_file.sheet,
        quarantine_row.row_number,
        quarantine_row.column_name as "column",
        quarantine_row.code,
        quarantine_row.expected,
        import_file.sha256,
        coalesce(corrected_row.row_hash, held.row_hash) as row_hash
      from quarantine_row
      inner join import_file on import_file.file_id = quarantine_row.file_id
      inner join held on held.file_id = quarantine_row.file_id and held.row_number = quarantine_row.row_number
      left join corrected_row
        on corrected_row.file_id = quarantine_row.file_id and corrected_row.row_number = quarantine_row.row_number
      where import_file.superseded_by is null
      order by import_file.file_id, quarantine_row.row_number, quarantine_row.fault_number`)
    .all()
  return rows.map(({ sha256, row_hash, ...row }) => ({
    ...row,
    what_to_do: remedy(row.code),
    file_key: fileKey(sha256),
    row_key: rowKey(row_hash),
  }))
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

/** What the team can do in the sheet itself comes first. */
function adviceOf({ code, column, what_to_do }: HeldBack): string {
  if (code in WITHHELD || code === 'left_out_by_team') return what_to_do
  if (column === null) return `${what_to_do} Or write "${LEAVE_OUT}" here.`
  return `Write the right value here, or "${MAKE_BLANK}", or "${LEAVE_OUT}" for the whole row. Or: ${what_to_do}`
}

function exportList(path: string, rows: readonly HeldBack[]): void {
  const records = rows.map((row) => [
    row.file,
    row.sheet,
    String(row.row_number),
    row.column ?? '',
    row.code,
    row.expected,
    adviceOf(row),
    '',
    row.file_key,
    row.row_key,
  ])
  const text = [[...SHEET_HEADINGS], ...records].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
  try {
    writeFileSync(path, `\ufeff${text}`, { mode: 0o600 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new OperatorError(`The sheet cannot be written to ${path} (${code}).`, EXIT.wrong_usage)
  }
}

/** A heading may begin with `=`: an apostrophe keeps a spreadsheet from running it (OWASP, CSV injection). */
function csvCell(text: string): string {
  const inert = /^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert
}
