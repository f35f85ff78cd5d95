import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperatorError } from '../../src/domain/operator-error.ts'
import { archiveContents } from '../../src/ingest/archive.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { readExport } from '../../src/ingest/read-export.ts'
import { checkAccounting, type FileReport, loadFile } from '../../src/store/load.ts'
import { openStore } from '../../src/store/open.ts'
import { tableDefinitions } from '../../src/store/tables.ts'
import { context, loading } from '../ingest/reading-room.ts'
import type { Form } from './form.ts'
import type { Kind, Reading } from './kinds.ts'

/** What became of one mutant, as the tables tell it. */
export interface Outcome {
  readonly report: FileReport
  readonly stored: readonly (Reading & { row_number: number })[]
  /** Row number to loaded, duplicate or quarantined. */
  readonly rows: ReadonlyMap<number, string>
  /** Sentences of the accounting; none, if all is well. */
  readonly violations: readonly string[]
}

/** A folder and a store for one mutant after the other. */
export class MutantRoom {
  readonly #dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mutants-'))
  readonly #store = openStore(':memory:')
  readonly #clear = tableDefinitions().map(({ name }) => this.#store.sqlite.prepare(`delete from ${name}`))

  /** Null where the file was refused with a sentence. Whatever else is thrown is a bug. */
  async read(bytes: Buffer, kind: Kind, form: Form): Promise<Outcome | null> {
    const path = join(this.#dir, form.file_name)
    writeFileSync(path, bytes)
    const { sqlite } = this.#store
    try {
      if (form.member !== null && archiveContents(path) === null) return null
      const found = { ...kind.profile, profile: { ...kind.profile.profile, reads: form.reads } }
      const reading = await readExport(await examineFile(path, form.member), found, context)
      const report = await loadFile(sqlite, reading, loading)
      const rows = sqlite.prepare('select row_number, outcome from import_row').raw().all() as [number, string][]
      return { report, stored: kind.stored(sqlite), rows: new Map(rows), violations: checkAccounting(sqlite) }
    } catch (error) {
      if (error instanceof OperatorError) return null
      throw error
    } finally {
      sqlite.pragma('foreign_keys = off')
      sqlite.exec('begin')
      for (const statement of this.#clear) statement.run()
      sqlite.exec('commit')
    }
  }

  close(): void {
    this.#store.close()
    rmSync(this.#dir, { recursive: true })
  }
}
