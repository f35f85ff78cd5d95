import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { createGate } from '../src/disclosure/gate.ts'
import { Released } from '../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedTable } from '../src/disclosure/released-table.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { renderCsv } from '../src/report/csv.ts'
import { type ReportDocument, tablesOf as tablesOfSection } from '../src/report/document.ts'
import { writeArtefact } from '../src/report/write-artefact.ts'
import { analyseStore } from './analyse-store.ts'
import { analysisReady, EXPORT_FACTS, type ExportFact } from './analysis-ready.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { derive } from './derive-store.ts'
import { drawTable } from './draw-table.ts'
import { readProject } from './project.ts'
import { openProjectStore, requireStore } from './project-store.ts'
import { readMarts } from './read-marts.ts'
import type { World } from './world.ts'
import { composeReports } from './write-reports.ts'

interface Options extends AnswerOptions {
  project: string
  report?: string
  format?: 'json' | 'csv'
  internal?: boolean
  analysisReady?: string
  group?: ExportFact
}

/** `outcomes results [TABLE]`: the tables of the reports as data. Disclosure-safe unless --internal. */
export function resultsCommand(world: World): Command {
  return new Command('results')
    .description('results as data; disclosure-safe unless --internal')
    .argument('[table]', 'a table’s id; left out: the list of tables')
    .option('--project <dir>', 'the project folder', '.')
    .option('--report <id>', 'only the tables of this report')
    .addOption(new Option('--format <format>', 'how to print a table').choices(['json', 'csv']))
    .option('--internal', 'exact numbers, for the team itself: not for release')
    .option(
      '--analysis-ready <dir>',
      'instead: a de-identified CSV for each service and scale, a row for each episode, and a data dictionary; needs --internal',
    )
    .addOption(new Option('--group <fact>', 'with --analysis-ready: what fills the column group').choices(EXPORT_FACTS))
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes results change --report service-oats --format csv\n  outcomes results --internal --analysis-ready for-analysis --group neurodiversity\n',
    )
    .action(async (name: string | undefined, options: Options) => {
      if (options.analysisReady !== undefined || options.group !== undefined) return exportRows(world, options)
      const documents = await readDocuments(world, options)
      const found = tablesOf(documents, name, options.report)
      if (options.format === 'csv') return world.out(found.map(({ table }) => renderCsv(table)).join('\n'))
      const isJson = options.json === true || options.format === 'json'
      answer(world, { ...options, json: isJson }, documentOf(found, name, documents), () => textOf(found, name))
    })
}

/** Rows of single episodes leave the store only where the reader says that they stay inside. */
async function exportRows(world: World, options: Options): Promise<void> {
  const { analysisReady: folder, group = null } = options
  if (folder === undefined) throw new OperatorError('--group needs --analysis-ready DIR.', EXIT.wrong_usage)
  if (options.internal !== true) {
    throw new OperatorError(
      '--analysis-ready writes a row for each episode, which is de-identified and not anonymous. Add --internal to say that the files stay with those who may see such rows.',
      EXIT.wrong_usage,
    )
  }
  const project = readProject(resolve(world.cwd, options.project))
  requireStore(world, project.dir)
  const store = openProjectStore(world, project.dir)
  try {
    await derive(store, project)
    const ready = analysisReady(await readMarts(store), project, group)
    const path = resolve(world.cwd, folder)
    for (const [name, text] of ready.files) await writeArtefact(path, name, text, 'internal')
    const { n_rows, n_episodes, n_alone } = ready
    const document = { folder: path, files: [...ready.files.keys()], n_rows, n_episodes, n_alone }
    answer(
      world,
      options,
      document,
      () =>
        `${ready.files.size - 1} files and a data dictionary in ${path}. Of ${n_episodes} episodes, ${n_alone} are alone in the facts beside their scores: somebody who knows those facts could tell whose row it is.`,
    )
  } finally {
    store.close()
  }
}

/** Every report of a project's store as it stands, composed afresh under the project's rule or with exact numbers. */
export async function readDocuments(
  world: World,
  options: { readonly project: string; readonly internal?: boolean },
): Promise<readonly ReportDocument[]> {
  const project = readProject(resolve(world.cwd, options.project))
  requireStore(world, project.dir)
  const store = openProjectStore(world, project.dir)
  try {
    await derive(store, project)
    const analysis = await analyseStore(store, project)
    return composeReports(analysis, createGate(options.internal === true ? 'internal' : project.disclosure.preset))
  } finally {
    store.close()
  }
}

interface FoundTable {
  readonly report: string
  readonly table: ReleasedTable
}

function tablesOf(documents: readonly ReportDocument[], name: string | undefined, report: string | undefined) {
  if (report !== undefined && !documents.some((it) => it.id === report)) {
    throw unknown(
      'report',
      report,
      documents.map((it) => it.id),
    )
  }
  const all = documents
    .filter((it) => report === undefined || it.id === report)
    .flatMap((document) =>
      document.sections.flatMap(tablesOfSection).map((table): FoundTable => ({ report: document.id, table })),
    )
  if (name === undefined) return all
  const found = all.filter(({ table }) => table.id === name)
  if (found.length === 0) throw unknown('table', name, [...new Set(all.map(({ table }) => table.id))])
  return found
}

function unknown(what: 'report' | 'table', name: string, known: readonly string[]): OperatorError {
  return new OperatorError(`There is no ${what} "${name}". There are: ${known.join(', ')}.`, EXIT.wrong_usage)
}

function documentOf(found: readonly FoundTable[], name: string | undefined, documents: readonly ReportDocument[]) {
  const policy = documents[0]?.policy
  const head = { disclosure: policy?.id ?? null, disclosure_rule: policy?.words ?? null }
  if (name === undefined) {
    return { ...head, tables: found.map(({ report, table }) => ({ report, id: table.id, title: table.title.text })) }
  }
  return { ...head, tables: found.map(({ report, table }) => ({ report, ...tableDocument(table) })) }
}

function tableDocument(table: ReleasedTable) {
  return {
    id: table.id,
    title: table.title.text,
    columns: table.columns.map(({ id, label, kind }) => ({ id, label: label.text, kind })),
    rows: table.rows.map((row) =>
      Object.fromEntries(table.columns.map(({ id }) => [id, cellDocument(row[id] as ReleasedCell)])),
    ),
    notes: table.notes.map((it) => it.text),
  }
}

/** A number that does not exist is null beside its reason; words are words. */
function cellDocument(cell: ReleasedCell | undefined): unknown {
  if (!(cell instanceof Released)) return cell?.text ?? null
  if (cell.value !== null) return cell.value
  return { value: null, reason: cell.is_suppressed ? 'suppressed' : cell.text }
}

function textOf(found: readonly FoundTable[], name: string | undefined): string {
  if (name === undefined) {
    return drawTable(
      ['Report', 'Table', 'Title'],
      found.map(({ report, table }) => [report, table.id, table.title.text]),
      ['left', 'left', 'left'],
    )
  }
  return found
    .map(({ report, table }) =>
      [
        `${table.title.text} (${report})`,
        drawTable(
          table.columns.map((it) => it.label.text),
          table.rows.map((row) => table.columns.map(({ id }) => row[id]?.text ?? '')),
          table.columns.map((it) => (it.kind === 'text' ? 'left' : 'right')),
        ),
        ...table.notes.map((it) => it.text),
      ].join('\n'),
    )
    .join('\n\n')
}
