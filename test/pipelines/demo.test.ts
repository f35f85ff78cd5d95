import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseStore } from '../../pipelines/analyse-store.ts'
import { makeDemoProject } from '../../pipelines/demo.ts'
import { type MoneyFigure, moneyFigures } from '../../pipelines/money-figures.ts'
import { readProject } from '../../pipelines/project.ts'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { type RunOutcome, runProject } from '../../pipelines/run-project.ts'
import { summaryText } from '../../pipelines/run-summary.ts'
import { traceFigure } from '../../pipelines/trace-figure.ts'
import type { World } from '../../pipelines/world.ts'
import { composeReports } from '../../pipelines/write-reports.ts'
import type { Analysis, OutcomeAnalysis, ServiceAnalysis, UsageAnalysis } from '../../reports/analysis.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import { Released, ReleasedText } from '../../src/disclosure/released.ts'
import { createRandom } from '../../src/stats/random.ts'
import type { UsageSummary } from '../../src/usage/usage-result.ts'
import type { Truth } from '../fixtures/truth.ts'
import { picturesOf, wordsOutside, wordsOverWords } from '../report/text-boxes.ts'
import { unzipped } from '../unzipped.ts'
import { ONLOOKER } from './cli-room.ts'

const truth = JSON.parse(readFileSync(new URL('../../fixtures/truth.json', import.meta.url), 'utf8')) as Truth & {
  planted: {
    real_improvement: Planted
    real_non_effect: Planted
    true_fall: { service: string; event_types: string[]; rate_ratio: number }
    no_change_in_use: { service: string; event_types: string[] }
    regression_to_the_mean_only: { service: string; event_types: string[] }
  }
}
interface Planted {
  service: string
  measure: string
  change_mean: number
}

const home = mkdtempSync(join(tmpdir(), 'outcomes-demo-'))
const dir = join(home, 'project')
const said: string[] = []
let outcome: RunOutcome

beforeAll(async () => {
  makeDemoProject(dir)
  const world: World = {
    cwd: home,
    env: { OUTCOMES_KEY_FILE: join(home, 'keys', 'demo.key') },
    stdin: Readable.from([]),
    is_terminal: false,
    started_at: new Date('2026-11-22T09:00:00Z'),
    out: (text) => said.push(text),
    err: (text) => said.push(text),
    exitWith: () => {},
  }
  const project = readProject(dir)
  outcome = await runProject(world, project, {})
  said.push(summaryText(outcome, project, home))
}, 180_000)

afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the demonstration recovers what was planted in its exports', () => {
  it('accounts for every record: loaded, duplicate or held back', () => {
    const expected = truth.files.reduce(
      (sum, file) => ({
        files: sum.files + 1,
        records: sum.records + file.records,
        loaded: sum.loaded + file.loaded,
        duplicates: sum.duplicates + file.duplicates,
        quarantined: sum.quarantined + file.quarantined,
      }),
      { files: 0, records: 0, loaded: 0, duplicates: 0, quarantined: 0 },
    )
    expect(outcome.accounts).toEqual(expected)
    expect(expected.records).toBe(expected.loaded + expected.duplicates + expected.quarantined)
  })

  it('finds every class of defect as often as it was planted', () => {
    const store = openProjectStore(ONLOOKER, dir, { readonly: true })
    const counts = store.sqlite
      .prepare<[], { code: string; n: number }>('select code, count(*) as n from quarantine_row group by code')
      .all()
    store.close()
    const found = Object.fromEntries(counts.map(({ code, n }) => [code, n]))
    expect(found).toEqual(truth.totals.faults)
  })

  it('20 pounds picked at random walk to the rows of the exports and are worked out again from them', async () => {
    const figures = moneyFigures(outcome.analysis, composeReports(outcome.analysis, createGate('internal')))
    const random = createRandom('twenty')
    const picked = Array.from({ length: 20 }, () => figures[Math.floor(random() * figures.length)] as MoneyFigure)
    const store = openProjectStore(ONLOOKER, dir, { readonly: true })
    try {
      for (const figure of picked) {
        const traced = await traceFigure(store.kysely, figure)
        expect(traced.adds_up, `${figure.metric}: ${figure.printed}, worked out ${traced.recomputed_pounds}`).toBe(true)
        for (const part of traced.parts) expect(part.rows.length > 0).toBe(part.quantity > 0)
      }
    } finally {
      store.close()
    }
    expect(
      new Set(figures.map((it) => it.metric.split('/')[1]?.replace(/-oats|-bsw-pathway|-bnssg-pathway/, ''))),
    ).toEqual(new Set(['cost-categories', 'cost-payers', 'cost-cash', 'cost-summary', 'overview', 'budget']))
  })

  it('finds the planted improvement: its interval holds the planted mean and not zero', () => {
    const { service, measure, change_mean } = truth.planted.real_improvement
    const [low, high] = intervalOf(outcomeOf(service, measure))
    expect(low).toBeLessThan(change_mean)
    expect(high).toBeGreaterThan(change_mean)
    expect(low).toBeGreaterThan(0)
  })

  it('claims nothing where nothing was planted: the interval holds zero and the words say so', () => {
    const { service, measure } = truth.planted.real_non_effect
    const [low, high] = intervalOf(outcomeOf(service, measure))
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0)
    const report = outcome.reports.documents.find((it) => it.id === `service-${service}`)
    expect(report?.finding.text).toContain('no clear change on average')
  })

  it('gives the mean improvement of every service and measure exactly as the truth file has it', () => {
    for (const pairs of truth.pairs.filter((it) => it.scale === 'total')) {
      const { summary } = outcomeOf(pairs.service, pairs.measure)
      expect(summary.funnel.n_paired, `${pairs.service} ${pairs.measure}`).toBe(pairs.paired)
      expect(summary.statistics.mean_improvement).toBeCloseTo(pairs.mean_improvement, 9)
    }
  })

  it('finds the true fall: each planted kind of use fell by what was planted, and the fall persists', () => {
    const { service, rate_ratio } = truth.planted.true_fall
    const usage = usageOf(service)
    for (const id of ['ae_mental_health', 'crisis_line', 'ambulance', 'admission_mental_health']) {
      const [low, high] = summaryOf(usage, id).events.ci95_clustered as [number, number]
      expect(low, id).toBeLessThan(rate_ratio)
      expect(high, id).toBeGreaterThan(rate_ratio)
      expect(high, id).toBeLessThan(1)
    }
    expect(verdictOf(usage, 'emergency')).toBe('fall_persists')
  })

  it('claims no fall in the kinds of use that did not change', () => {
    const { service, event_types } = truth.planted.no_change_in_use
    for (const id of event_types) expect(verdictOf(usageOf(service), id), id).toBe('no_fall')
  })

  it('does not take regression to the mean for a fall, and says so', () => {
    const { service, event_types } = truth.planted.regression_to_the_mean_only
    const usage = usageOf(service)
    for (const id of [...event_types, 'emergency']) {
      expect(summaryOf(usage, id).events.rate_ratio, id).toBeLessThan(0.6)
      expect(verdictOf(usage, id), id).toBe('fall_not_distinguishable_from_regression_to_the_mean')
    }
    const page = readFileSync(join(dir, 'reports', 'release', `evaluation-${service}.html`), 'utf8')
    expect(page).toContain('regression to the mean')
    expect(page).toContain('cannot be told from people joining at their worst')
  })

  it('never says that a service saved or caused anything', () => {
    for (const file of pages()) {
      const claims = readFileSync(file, 'utf8').match(/\b(saved|savings?|caused|due to|thanks to)\b/gi)
      expect(claims, file).toBeNull()
    }
  })
})

describe('no identifier leaves the exports', () => {
  it('the places searched are the store, every report and everything printed', () => {
    const kinds = new Set(written().map((file) => file.slice(file.lastIndexOf('.')).replace(/-(wal|shm)$/, '')))
    expect([...kinds].sort()).toEqual(['.html', '.json', '.seal', '.sqlite', '.svg', '.xlsx', '.yaml'])
  })

  it('and the search finds an identifier where there is one', () => {
    const [number] = truth.raw_identifiers.nhs_numbers as [string]
    const exports = filesBelow(join(dir, 'exports')).map((file) => readable(file))
    expect(exports.some((text) => text.includes(number))).toBe(true)
  })

  it.each(['nhs_numbers', 'nhs_numbers_spaced', 'full_names', 'postcodes', 'dates_of_birth', 'phones'] as const)(
    'none of the planted %s is found',
    (kind) => {
      const identifiers = truth.raw_identifiers[kind]
      expect(identifiers.length).toBeGreaterThan(9)
      for (const [place, text] of places()) {
        expect(identifiers.filter((identifier) => text.includes(identifier)).length, place).toBe(0)
      }
    },
  )
})

describe('what is written', () => {
  it('the store, its folder and internal reports are for their owner only', () => {
    if (process.platform === 'win32') return
    const mode = (path: string) => (statSync(join(dir, path)).mode & 0o777).toString(8)
    expect(mode('.outcomes')).toBe('700')
    expect(mode('.outcomes/store.sqlite')).toBe('600')
    expect(mode('reports/internal/service-oats.html')).toBe('600')
  })

  it('no word of a chart leaves its picture or covers another, on a desk or on a phone', () => {
    const pictures = pages().flatMap((page) =>
      picturesOf(readFileSync(page, 'utf8')).map((svg) => [page, svg] as const),
    )
    expect(pictures.length).toBeGreaterThan(400)
    const faults = pictures.flatMap(([page, svg]) =>
      [...wordsOutside(svg), ...wordsOverWords(svg)].map((it) => `${relative(dir, page)}: ${it}`),
    )
    expect(faults).toEqual([])
  })

  it('what is analysed and composed a second time is the same to the last digit', async () => {
    const project = readProject(dir)
    const store = openProjectStore(quietWorld(), dir, { readonly: true })
    const again = await analyseStore(store, project)
    store.close()
    const released = (analysis: Analysis) =>
      JSON.stringify(composeReports(analysis, createGate(project.disclosure.preset)), plainly)
    expect(released(again) === released(outcome.analysis)).toBe(true)
  }, 60_000)
})

/** Released values keep what they hold to themselves. */
function plainly(_: string, value: unknown): unknown {
  return value instanceof Released || value instanceof ReleasedText ? value.text : value
}

function quietWorld(): World {
  return {
    cwd: home,
    env: { OUTCOMES_KEY_FILE: join(home, 'keys', 'demo.key') },
    stdin: Readable.from([]),
    is_terminal: false,
    started_at: new Date('2026-11-22T09:00:00Z'),
    out: () => {},
    err: () => {},
    exitWith: () => {},
  }
}

function serviceOf(code: string): ServiceAnalysis {
  return outcome.analysis.services.find((it) => it.service.code === code) as ServiceAnalysis
}

function outcomeOf(service: string, measure: string): OutcomeAnalysis {
  const found = serviceOf(service).outcomes.find((it) => it.measure_id === measure && it.scale_id === 'total')
  if (found === undefined) throw new Error(`${service} has no ${measure}`)
  return found
}

function intervalOf({ summary }: OutcomeAnalysis): readonly [number, number] {
  return summary.statistics.improvement_ci95 as readonly [number, number]
}

function usageOf(service: string): UsageAnalysis {
  return outcome.analysis.usage.find((it) => it.service.code === service) as UsageAnalysis
}

function summaryOf(usage: UsageAnalysis, id: string): UsageSummary {
  return usage.summaries.find((it) => it.usage_id === id) as UsageSummary
}

function verdictOf(usage: UsageAnalysis, id: string): string | undefined {
  return usage.doubts.find((it) => it.usage_id === id)?.verdict
}

function pages(): string[] {
  return filesBelow(join(dir, 'reports')).filter((file) => file.endsWith('.html'))
}

/** Everything the run wrote into the project folder that holds text: a PNG is the picture of an SVG that is searched. */
function written(): string[] {
  return filesBelow(dir).filter((file) => !relative(dir, file).startsWith('exports') && !file.endsWith('.png'))
}

let places: () => (readonly [string, string])[] = () => {
  const read = [
    ...written().map((file) => [relative(dir, file), readable(file)] as const),
    ['printed', said.join('')] as const,
  ]
  places = () => read
  return read
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** A file's bytes as text, with the parts of a workbook unpacked. */
function readable(file: string): string {
  const bytes = readFileSync(file)
  return file.endsWith('.xlsx') ? unzipped(bytes) : bytes.toString('latin1')
}
