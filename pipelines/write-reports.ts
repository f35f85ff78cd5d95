import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Analysis } from '../reports/analysis.ts'
import { composeCommissionerReport } from '../reports/commissioner/report.ts'
import { composeEvaluationReport } from '../reports/evaluation/report.ts'
import { criteriaWords } from '../reports/parts/saved-cohorts.ts'
import { composeServiceReport } from '../reports/service/report.ts'
import { createGate, type Gate } from '../src/disclosure/gate.ts'
import { say } from '../src/disclosure/released.ts'
import { LAYOUT_NAMES } from '../src/report/bind-chart.ts'
import { type ChartSpecs, loadChartSpecs } from '../src/report/chart-spec.ts'
import type { Figure, ReportDocument } from '../src/report/document.ts'
import type { DrawChart } from '../src/report/draw-chart.ts'
import { renderHtml } from '../src/report/html.ts'
import { type IndexEntry, renderIndexPage } from '../src/report/index-page.ts'
import { renderSvg, standaloneSvg } from '../src/report/render-svg.ts'
import { type ArtefactMode, writeArtefact } from '../src/report/write-artefact.ts'
import { renderXlsx } from '../src/report/xlsx.ts'
import { Beside } from './beside.ts'
import type { DrawingThreads } from './drawing-threads.ts'
import { letSignalsThrough } from './let-signals-through.ts'
import type { Progress } from './progress.ts'
import type { Project } from './project.ts'

export const CHARTS_DIR = fileURLToPath(new URL('../reports/charts/', import.meta.url))

export interface WrittenReports {
  readonly index: string
  readonly documents: readonly ReportDocument[]
  readonly files: readonly string[]
}

/** Every report of an analysis under one gate: a service report each, an evaluation where use was supplied, and the commissioner's. */
export function composeReports(analysis: Analysis, gate: Gate): readonly ReportDocument[] {
  return [
    ...analysis.services
      .filter((it) => it.files.length > 0 || it.n_people > 0)
      .map((service) => composeServiceReport(analysis, service, gate)),
    ...analysis.usage.map((usage) =>
      composeEvaluationReport(
        analysis,
        usage,
        analysis.services.find((it) => it.service.code === usage.service.code),
        gate,
      ),
    ),
    composeCommissionerReport(analysis, gate),
  ]
}

/**
 * Writes release reports (HTML, SVG, PNG, XLSX) and internal ones (HTML, XLSX) into the project's reports folder, each file whole or
 * not at all, and takes away what an earlier run wrote and this one did not.
 */
export async function writeReports(
  project: Project,
  analysis: Analysis,
  progress: Progress,
  threads: DrawingThreads,
): Promise<WrittenReports> {
  const charts = loadChartSpecs(CHARTS_DIR)
  const folder = join(project.dir, 'reports')
  const gate = createGate(project.disclosure.preset)
  const released = composeReports(analysis, gate)
  drawAhead(charts, released, threads.draw)
  const internal = composeReports(analysis, createGate('internal'))
  drawAhead(charts, internal, threads.draw)
  const files: string[] = []
  const beside = new Beside()
  const put = (part: string, name: string, bytes: Uint8Array | string, mode: ArtefactMode) => {
    beside.add(writeArtefact(join(folder, part), name, bytes, mode))
    files.push(part === '' ? name : `${part}/${name}`)
  }
  const all = [...released.map((it) => ['release', it] as const), ...internal.map((it) => ['internal', it] as const)]
  for (const [nth, [part, document]] of all.entries()) {
    progress.step(`writing ${part}/${document.id}.html`, nth / all.length)
    await letSignalsThrough()
    put(part, `${document.id}.html`, await renderHtml(charts, document, threads.draw), part)
    put(part, `${document.id}.xlsx`, await renderXlsx(document), part)
    if (part === 'release')
      for (const figure of figuresOf(document)) beside.add(putPictures(charts, document, figure, threads, put))
  }
  await beside.done()
  files.sort()
  put('', 'index.html', indexPage(gate, analysis, released, internal), 'release')
  await beside.done()
  takeAwayEarlier(folder, files)
  await writeArtefact(folder, 'run.json', runRecord(gate, analysis), 'release')
  await writeArtefact(folder, 'manifest.json', `${JSON.stringify(files, null, 2)}\n`, 'release')
  progress.end()
  return { index: join(folder, 'index.html'), documents: released, files }
}

/** What the run was: its rules, and its cohorts both in words and as the project file has them. The same inputs give the same text. */
function runRecord(gate: Gate, { facts }: Analysis): string {
  const cohorts = facts.cohorts.map((it) => ({ ...it, in_words: criteriaWords(gate, it).text }))
  return `${JSON.stringify({ ...facts, cohorts }, null, 2)}\n`
}

type Put = (part: string, name: string, bytes: Uint8Array | string, mode: ArtefactMode) => void

/** Asks for every picture, so that the threads are never without work. A fault is thrown to whoever asks again. */
function drawAhead(charts: ChartSpecs, documents: readonly ReportDocument[], draw: DrawChart): void {
  for (const figure of documents.flatMap(figuresOf))
    for (const layout of LAYOUT_NAMES) renderSvg(charts, figure, layout, draw).catch(() => {})
}

async function putPictures(
  charts: ChartSpecs,
  document: ReportDocument,
  figure: Figure,
  threads: DrawingThreads,
  put: Put,
): Promise<void> {
  const name = `${document.id}-${figure.id}`.replaceAll('_', '-')
  const svg = standaloneSvg(await renderSvg(charts, figure, 'wide', threads.draw), figure)
  put('release', `${name}.svg`, svg, 'release')
  put('release', `${name}.png`, await threads.png(svg), 'release')
}

export function figuresOf(document: ReportDocument): readonly Figure[] {
  return document.sections.flatMap((section) => section.figures)
}

function indexPage(
  gate: Gate,
  analysis: Analysis,
  released: readonly ReportDocument[],
  internal: readonly ReportDocument[],
): string {
  const order = { commissioner: 0, evaluation: 1, service: 2 }
  const sorted = (documents: readonly ReportDocument[]) =>
    documents.toSorted((a, b) => order[a.audience] - order[b.audience])
  const entry = (part: 'release' | 'internal', document: ReportDocument): IndexEntry => ({
    document,
    page: `${part}/${document.id}.html`,
    files: [{ name: `${part}/${document.id}.xlsx`, label: 'Tables (XLSX)' }],
  })
  return renderIndexPage(
    gate.label(analysis.facts.project),
    say`Reports made for sharing come first; those marked internal hold small numbers and must stay with the team.`,
    [...sorted(released).map((it) => entry('release', it)), ...sorted(internal).map((it) => entry('internal', it))],
  )
}

function takeAwayEarlier(folder: string, files: readonly string[]): void {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) return
  const earlier = JSON.parse(readFileSync(path, 'utf8')) as string[]
  for (const file of earlier) {
    if (!files.includes(file) && /^(release|internal)\/[a-z0-9][a-z0-9._-]*$/i.test(file)) {
      rmSync(join(folder, file), { force: true })
    }
  }
}
