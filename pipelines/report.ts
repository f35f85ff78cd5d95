import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { loadChartSpecs } from '../src/report/chart-spec.ts'
import { renderCsv } from '../src/report/csv.ts'
import { AUDIENCES, type Audience, type ReportDocument, tablesOf } from '../src/report/document.ts'
import { renderHtml } from '../src/report/html.ts'
import { renderPng } from '../src/report/png.ts'
import { renderSvg, standaloneSvg } from '../src/report/render-svg.ts'
import { type ArtefactMode, writeArtefact } from '../src/report/write-artefact.ts'
import { renderXlsx } from '../src/report/xlsx.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { readDocuments } from './results.ts'
import type { World } from './world.ts'
import { CHARTS_DIR, figuresOf } from './write-reports.ts'

const FORMATS = ['html', 'svg', 'png', 'xlsx', 'csv'] as const
type Format = (typeof FORMATS)[number]

interface Options extends AnswerOptions {
  project: string
  audience?: Audience
  format: Format
  out?: string
  internal?: boolean
}

/** `outcomes report`: one audience’s reports in one format, into a folder of choice. */
export function reportCommand(world: World): Command {
  return new Command('report')
    .description('write one audience’s report in one format')
    .option('--project <dir>', 'the project folder', '.')
    .addOption(new Option('--audience <audience>', 'left out: every audience').choices([...AUDIENCES]))
    .addOption(new Option('--format <format>', 'what to write').choices([...FORMATS]).default('html'))
    .option('--out <dir>', 'where to write; left out: reports/release or reports/internal of the project')
    .option('--internal', 'exact numbers, for the team itself: not for release')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes report --project my-service --audience evaluation --format xlsx\n')
    .action(async (options: Options) => {
      const documents = (await readDocuments(world, options)).filter(
        (it) => options.audience === undefined || it.audience === options.audience,
      )
      if (documents.length === 0) throw nothingFor(options.audience)
      const mode: ArtefactMode = options.internal === true ? 'internal' : 'release'
      const folder = resolve(world.cwd, options.out ?? `${options.project}/reports/${mode}`)
      const files: string[] = []
      for (const document of documents) {
        for (const { name, bytes } of await artefacts(document, options.format)) {
          files.push(await writeArtefact(folder, name, bytes, mode))
        }
      }
      answer(world, options, { format: options.format, files }, () => files.join('\n'))
    })
}

function nothingFor(audience: Audience | undefined): OperatorError {
  return new OperatorError(
    `There is no ${audience ?? ''} report for this project: ${
      audience === 'evaluation' ? 'no service use was supplied (see "usage" in outcomes.yaml)' : 'nothing was loaded'
    }.`,
    EXIT.wrong_usage,
  )
}

interface Artefact {
  readonly name: string
  readonly bytes: Uint8Array | string
}

async function artefacts(document: ReportDocument, format: Format): Promise<Artefact[]> {
  const charts = loadChartSpecs(CHARTS_DIR)
  switch (format) {
    case 'html':
      return [{ name: `${document.id}.html`, bytes: await renderHtml(charts, document) }]
    case 'xlsx':
      return [{ name: `${document.id}.xlsx`, bytes: await renderXlsx(document) }]
    case 'csv':
      return document.sections
        .flatMap(tablesOf)
        .map((table) => ({ name: fileName(`${document.id}-${table.id}.csv`), bytes: renderCsv(table) }))
    default:
      return Promise.all(
        figuresOf(document).map(async (figure) => {
          const svg = standaloneSvg(await renderSvg(charts, figure, 'wide'), figure)
          const name = fileName(`${document.id}-${figure.id}.${format}`)
          return { name, bytes: format === 'svg' ? svg : await renderPng(svg) }
        }),
      )
  }
}

function fileName(name: string): string {
  return name.replaceAll('_', '-')
}
