import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { checkAccounting } from '../../src/store/check-accounting.ts'
import { storedTables } from '../../src/store/stored-tables.ts'

const PROGRAM = resolve(import.meta.dirname, '../../pipelines/outcomes.mjs')

export const HAS_STRACE = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

/** The calls by which a program changes what is on the disk. */
export const CHANGING_CALLS = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'unlink', 'mkdir'] as const
export type ChangingCall = (typeof CHANGING_CALLS)[number]

export type Fault = { readonly signal: 'SIGKILL' } | { readonly error: 'ENOSPC' | 'EIO' }

export interface Ended {
  readonly status: number | null
  readonly signal: string | null
  readonly said: string
}

/** A project that holds one file, and is about to be given a second. */
export class CrashRoom {
  readonly dir = mkdtempSync(join(tmpdir(), 'outcomes-crash-'))
  readonly project = join(this.dir, 'project')
  readonly #start = join(this.dir, 'start')

  constructor(records = 600) {
    mkdirSync(join(this.project, 'exports'), { recursive: true })
    writeFileSync(this.file('first.csv'), scores(1, records))
    writeFileSync(this.file('second.csv'), scores(records, records))
    this.expectDone(this.ingest('first.csv'))
    cpSync(this.project, this.#start, { recursive: true })
  }

  file(name: string): string {
    return join(this.project, 'exports', name)
  }

  /** Puts the project back to where it held the first file alone. */
  reset(): void {
    rmSync(this.project, { recursive: true })
    cpSync(this.#start, this.project, { recursive: true })
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }

  ingest(name: string, through: readonly string[] = []): Ended {
    const [program = process.execPath, ...args] = [...through, process.execPath, ...this.#command(name)]
    const { status, signal, stdout, stderr } = spawnSync(program, args, { env: this.#env(), encoding: 'utf8' })
    return { status, signal, said: stdout + stderr }
  }

  /** The second file's reading, with a fault at the n-th such call of the thread that writes; null where it made fewer. */
  ingestWith(fault: Fault, call: ChangingCall, nth: number): Ended | null {
    const log = join(this.dir, 'faults')
    const how = 'signal' in fault ? `signal=${fault.signal}` : `error=${fault.error}`
    const ended = this.ingest('second.csv', [
      ...['strace', '-f', '-qq', '-o', log],
      ...['-e', `trace=${call}`, '-e', `inject=${call}:${how}:when=${nth}`],
    ])
    const wasMet = 'signal' in fault ? ended.signal === fault.signal : readFileSync(log, 'utf8').includes('(INJECTED)')
    return wasMet ? ended : null
  }

  /** The second file's reading, killed after so many milliseconds if it still goes on: the proof where no strace is. */
  async ingestKilledAfter(milliseconds: number): Promise<Ended> {
    const child = spawn(process.execPath, this.#command('second.csv'), { env: this.#env() })
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    const ended = await endOf(child)
    clearTimeout(timer)
    return ended
  }

  /** How often the undisturbed command makes each call, by the thread that makes it most. */
  countCalls(): Record<ChangingCall, number> {
    const log = join(this.dir, 'calls')
    this.reset()
    this.expectDone(
      this.ingest('second.csv', ['strace', '-f', '-qq', '-o', log, '-e', `trace=${CHANGING_CALLS.join(',')}`]),
    )
    const lines = readFileSync(log, 'utf8').split('\n')
    const most = (call: ChangingCall) => {
      const byThread = new Map<string, number>()
      for (const line of lines) {
        const [, thread = '', name] = /^(\d+) +(\w+)\(/.exec(line) ?? []
        if (name === call) byThread.set(thread, (byThread.get(thread) ?? 0) + 1)
      }
      return Math.max(0, ...byThread.values())
    }
    return Object.fromEntries(CHANGING_CALLS.map((call) => [call, most(call)])) as Record<ChangingCall, number>
  }

  /** Every stored row, without the numbers that only say in which order things were met. */
  dump(): string {
    const path = join(this.project, '.outcomes', 'store.sqlite')
    if (!existsSync(path)) return 'no store'
    const db = new Sqlite(path)
    try {
      const damage = db.pragma('integrity_check', { simple: true })
      if (damage !== 'ok') return `damaged: ${damage}`
      const broken = checkAccounting(db)
      if (broken.length > 0) return `does not add up: ${broken.join('; ')}`
      const tables = [...storedTables(), 'import_row', 'quarantine_row', 'flagged_row', 'identity']
      return tables.map((table) => `${table}\n${rowsOf(db, table)}`).join('\n')
    } finally {
      db.close()
    }
  }

  /** So many processes at once, each with its file. */
  async race(names: readonly string[]): Promise<Ended[]> {
    return Promise.all(names.map((name) => endOf(spawn(process.execPath, this.#command(name), { env: this.#env() }))))
  }

  expectDone({ status, said }: Ended): void {
    if (status !== 0) throw new Error(`the undisturbed command ended with ${status}: ${said}`)
  }

  #command(name: string): string[] {
    return [PROGRAM, 'ingest', this.file(name), '--project', this.project, '--quiet']
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, OUTCOMES_KEY_FILE: join(this.dir, 'the.key') }
  }
}

function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  return new Promise((done) => {
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
    child.on('close', (status, signal) => done({ status, signal, said }))
  })
}

export function scores(from: number, records: number): string {
  const lines = Array.from({ length: records }, (_, n) => {
    const person = (from * 7 + n) % 400
    const date = `2025-0${1 + (n % 9)}-${String(1 + (n % 28)).padStart(2, '0')}`
    return `P${person},${n % 2 === 0 ? 'PHQ-9' : 'GAD-7'},${n % 50 === 49 ? 'soon' : date},${(from + n) % 22}`
  })
  return `person_id,measure,score_date,score\n${lines.join('\n')}\n`
}

function rowsOf(db: Sqlite.Database, table: string): string {
  const rows = db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all()
  const texts = rows.map((row) =>
    Object.entries(row)
      .filter(([name]) => !/_record_id$|^assessment_id$|^event_id$|^contact_id$/.test(name))
      .map(([, value]) => String(value))
      .join('|'),
  )
  return texts.sort().join('\n')
}
