import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { writeEvents, writeQuestionnaires } from './generate.ts'

/**
 * Times `outcomes ingest` against `sqlite3 .import` of the same files, in turn, on this machine.
 * Usage: npm run bench -- [--questionnaires N] [--events N] [--runs N] [--write docs/benchmarks.md]
 */

const { values } = parseArgs({
  options: {
    questionnaires: { type: 'string', default: '2000000' },
    events: { type: 'string', default: '5000000' },
    runs: { type: 'string', default: '3' },
    write: { type: 'string' },
  },
})

const ROOT = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'outcomes-bench-'))

interface Case {
  readonly name: string
  readonly rows: number
  readonly profile: string
  readonly columns: readonly string[]
  write(path: string): Promise<void>
}

interface Run {
  readonly wall_s: number
  readonly cpu_s: number | null
  readonly peak_mib: number | null
}

interface Result {
  readonly name: string
  readonly rows: number
  readonly mib: number
  readonly sqlite: readonly Run[]
  readonly outcomes: readonly Run[]
}

const cases = [...sized('questionnaires'), ...sized('events')]
try {
  const results: Result[] = []
  for (const each of cases) results.push(await measure(each))
  const text = report(results)
  process.stdout.write(text)
  if (values.write !== undefined) writeFileSync(resolve(values.write), text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A tenth of the size first, so that the growth of memory can be seen. */
function sized(kind: 'questionnaires' | 'events'): Case[] {
  const rows = Number(values[kind])
  return rows === 0 ? [] : [rows / 10, rows].map((n) => (kind === 'events' ? events(n) : questionnaires(n)))
}

function questionnaires(rows: number): Case {
  return {
    name: 'wide questionnaires',
    rows,
    profile: 'questionnaires.yaml',
    columns: ['person_id', 'team', 'assessed_on', ...Array.from({ length: 21 }, (_, n) => `n${n} integer`)],
    write: (path) => writeQuestionnaires(path, rows, Math.ceil(rows / 10)),
  }
}

function events(rows: number): Case {
  return {
    name: 'service events',
    rows,
    profile: 'events.yaml',
    columns: ['event_id', 'nhs_number', 'event_type', 'start_date', 'end_date'],
    write: (path) => writeEvents(path, rows, Math.ceil(rows / 25)),
  }
}

async function measure(it: Case): Promise<Result> {
  const csv = join(folder, 'export.csv')
  await it.write(csv)
  const sqlite: Run[] = []
  const outcomes: Run[] = []
  for (let run = 0; run < Number(values.runs); run++) {
    sqlite.push(importWithSqlite(csv, it.columns))
    outcomes.push(ingest(csv, it.profile))
    process.stderr.write(`${it.name}, ${it.rows} rows: ${sqlite.at(-1)?.wall_s} s, ${outcomes.at(-1)?.wall_s} s\n`)
  }
  return { name: it.name, rows: it.rows, mib: statSync(csv).size / 2 ** 20, sqlite, outcomes }
}

function importWithSqlite(csv: string, columns: readonly string[]): Run {
  const db = join(folder, 'import.sqlite')
  rmSync(db, { force: true })
  execFileSync('sqlite3', [db, `create table t (${columns.join(', ')})`])
  return timed('sqlite3', [db, `.import --csv --skip 1 ${csv} t`], {})
}

function ingest(csv: string, profile: string): Run {
  const project = join(folder, 'project')
  const usage = join(folder, 'usage.json')
  rmSync(project, { recursive: true, force: true })
  mkdirSync(project)
  writeFileSync(join(project, 'outcomes.yaml'), 'services:\n  - { code: bench, name: Benchmark }\n')
  const program = join(ROOT, 'pipelines/outcomes.mjs')
  const how = ['--profile', join(ROOT, 'bench/profiles', profile), '--project', project, '--quiet']
  const run = timed(
    process.execPath,
    ['--import', join(ROOT, 'bench/usage-at-exit.mjs'), program, 'ingest', csv, ...how],
    { OUTCOMES_KEY_FILE: join(folder, 'key'), BENCH_USAGE: usage },
  )
  const { peak_kib, cpu_s } = JSON.parse(readFileSync(usage, 'utf8')) as { peak_kib: number; cpu_s: number }
  return { ...run, cpu_s, peak_mib: peak_kib / 1024 }
}

function timed(program: string, args: readonly string[], env: Record<string, string>): Run {
  const start = performance.now()
  const { status, stderr } = spawnSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8' })
  const wall_s = Number(((performance.now() - start) / 1000).toFixed(2))
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  return { wall_s, cpu_s: null, peak_mib: null }
}

function report(results: readonly Result[]): string {
  const row = ({ name, rows, mib, sqlite, outcomes }: Result) => {
    const theirs = median(sqlite.map((run) => run.wall_s))
    const ours = median(outcomes.map((run) => run.wall_s))
    const peak = Math.max(...outcomes.map((run) => run.peak_mib ?? 0))
    const cells = [name, rows.toLocaleString('en-GB'), mib.toFixed(0), theirs.toFixed(1), ours.toFixed(1)]
    return `| ${[...cells, (ours / theirs).toFixed(2), peak.toFixed(0)].join(' | ')} |`
  }
  return `# Benchmarks

Reading files into the store, with everything switched on (every cell checked, identifiers keyed, repeats found, every record accounted
for), beside \`sqlite3 .import\` of the same file into a plain table, which does none of it. The two are run in turn; each time is the
median of ${values.runs === '1' ? 'one run' : `${values.runs} runs`} of the whole command, so start-up counts.

| file | rows | MiB | \`sqlite3 .import\`, s | \`outcomes ingest\`, s | ratio | peak memory, MiB |
|---|---:|---:|---:|---:|---:|---:|
${results.map(row).join('\n')}

The goal is a ratio of 0.5, at most 1, and a peak below 400 MB (381 MiB) that does not grow with the file. Where the table says otherwise, it is
not reached.

Machine: ${machine()}.

Command: \`npm run bench -- --questionnaires ${values.questionnaires} --events ${values.events} --runs ${values.runs} --write docs/benchmarks.md\`
`
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

function machine(): string {
  const processors = cpus()
  const sqlite = existsSync('/usr/bin/sqlite3') ? execFileSync('sqlite3', ['--version'], { encoding: 'utf8' }) : ''
  return [
    `${processors.length} processors (${processors[0]?.model.trim()})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${process.platform} ${release()}`,
    `Node ${process.versions.node}`,
    `sqlite3 ${sqlite.split(' ')[0]}`,
  ].join(', ')
}
