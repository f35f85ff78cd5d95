import { resolve } from 'node:path'
import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { periodOfFile } from '../src/store/period-of-file.ts'
import { qualityRule } from '../src/store/quality-rules.ts'
import { readFiles } from '../src/store/queries/files.ts'
import { type Finding, readFindings } from '../src/store/queries/findings.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { brokenRules, buildFromLoaded } from './derive-store.ts'
import { drawTable } from './draw-table.ts'
import { issueWords, remedyWords } from './issue-words.ts'
import { readProject } from './project.ts'
import { openProjectStore, requireStore } from './project-store.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  project: string
}

interface CheckDocument {
  readonly is_sound: boolean
  readonly broken: readonly string[]
  readonly files: readonly CheckedFile[]
  readonly findings: readonly CheckedRow[]
}

interface CheckedFile {
  readonly file: string
  readonly sheet: string
  readonly records: number
  readonly loaded: number
  readonly duplicates: number
  readonly quarantined: number
  /** The days that the file is the submission for; null where nobody says. */
  readonly period: string | null
  /** The file in its place, where one was sent later for the same days. */
  readonly superseded_by: string | null
}

/** A row that was loaded and is doubtful; never what it says. */
interface CheckedRow {
  readonly file: string
  readonly sheet: string
  readonly row_number: number | null
  readonly code: string
  readonly treatment: 'flagged' | 'set_aside'
  readonly service: string | null
  readonly team: string | null
  readonly measure: string | null
  readonly month: string | null
  readonly found: string
  readonly consequence: string | null
  readonly what_to_do: string
}

/** `outcomes check`: whether the store adds up, and which loaded rows are doubtful. */
export function checkCommand(world: World): Command {
  return new Command('check')
    .description('whether every record is accounted for, and what is doubtful in them')
    .option('--project <dir>', 'the project folder', '.')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes check --project my-service\n')
    .action(async (options: Options) => {
      const found = await checkProject(world, resolve(world.cwd, options.project))
      answer(world, options, found, () => textOf(found))
      if (!found.is_sound) {
        throw new OperatorError(
          'The store does not add up: it was damaged, or this is a fault in the program. Delete the folder .outcomes and run again.',
          EXIT.check_failed,
        )
      }
    })
}

async function checkProject(world: World, dir: string): Promise<CheckDocument> {
  const project = readProject(dir)
  requireStore(world, project.dir)
  const store = openProjectStore(world, project.dir)
  try {
    await buildFromLoaded(store, project)
    const broken = await brokenRules(store)
    const files = await readFiles(store.kysely)
    return {
      is_sound: broken.length === 0,
      broken,
      files: files.map((it) => ({
        file: it.file_name,
        sheet: it.sheet,
        records: it.n_records,
        loaded: it.n_loaded,
        duplicates: it.n_duplicates,
        quarantined: it.n_quarantined,
        period: periodOfFile(it),
        superseded_by: files.find(({ file_id }) => file_id === it.superseded_by)?.file_name ?? null,
      })),
      findings: (await readFindings(store.kysely)).map(checkedRow),
    }
  } finally {
    store.close()
  }
}

function checkedRow(finding: Finding): CheckedRow {
  const rule = qualityRule(finding.rule_code)
  return {
    file: finding.file_name,
    sheet: finding.sheet,
    row_number: finding.row_number,
    code: finding.rule_code,
    treatment: rule?.treatment === 'set_aside' ? 'set_aside' : 'flagged',
    service: finding.service_code,
    team: finding.team,
    measure: finding.measure_id,
    month: finding.month,
    found: issueWords(finding.rule_code),
    consequence: rule?.consequence ?? null,
    what_to_do: remedyWords(finding.rule_code),
  }
}

const SHOWN = 40

function textOf({ broken, files, findings }: CheckDocument): string {
  const sum = (key: 'records' | 'loaded' | 'duplicates' | 'quarantined') =>
    files.reduce((total, file) => total + file[key], 0).toLocaleString('en-GB')
  return [
    `${sum('records')} records = ${sum('loaded')} loaded + ${sum('duplicates')} duplicate + ${sum('quarantined')} held back, in ${files.length === 1 ? 'one file' : `${files.length} files`}.`,
    ...(broken.length === 0 ? ['Every record is accounted for, and every check holds.'] : broken),
    ...files.filter((it) => it.period !== null).map(periodWords),
    ...(findings.length === 0 ? ['No loaded row is doubtful.'] : ['', ...listOf(findings)]),
  ].join('\n')
}

function periodWords({ file, period, superseded_by }: CheckedFile): string {
  return superseded_by === null
    ? `${file} stands for ${period}.`
    : `${file} was for ${period}: it is kept, and ${superseded_by} stands in its place.`
}

/** How often each thing was found, then where. */
function listOf(findings: readonly CheckedRow[]): string[] {
  const codes = [...new Set(findings.map((it) => it.code))]
  const counted = codes
    .map((code) => ({ code, n: findings.filter((it) => it.code === code).length }))
    .sort((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1))
  return [
    drawTable(
      ['Rows', 'What was found', 'What to do'],
      counted.map(({ code, n }) => [n.toLocaleString('en-GB'), issueWords(code), remedyWords(code)]),
      ['right', 'left', 'left'],
    ),
    '',
    ...findings.slice(0, SHOWN).map((it) => `${placeOf(it)}: ${it.found} (${it.code})`),
    ...(findings.length > SHOWN ? [`… and ${findings.length - SHOWN} more; --json lists them all`] : []),
  ]
}

function placeOf({ file, sheet, row_number }: CheckedRow): string {
  return `${file}${sheet === '' ? '' : ` [${sheet}]`}${row_number === null ? '' : ` row ${row_number}`}`
}
