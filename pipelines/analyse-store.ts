import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type {
  Analysis,
  DiagnosisAnalysis,
  FaultCount,
  OutcomeAnalysis,
  RunFacts,
  ServiceAnalysis,
  ServiceName,
  UsageAnalysis,
} from '../reports/analysis.ts'
import { shortMeasureName } from '../reports/parts/measure-words.ts'
import { categoryTransitions } from '../src/change/category-transitions.ts'
import { scatterPoints } from '../src/change/change-categories.ts'
import { nationalSummary } from '../src/change/national-summary.ts'
import { summariseChange } from '../src/change/summarise-change.ts'
import { addMonths, dateOfDay, dayNumber, type IsoDate, isoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { bundledPriceIndex, bundledUnitCosts } from '../src/economics/bundled.ts'
import { costUsage } from '../src/economics/cost-usage.ts'
import { readUnitCosts } from '../src/economics/read-unit-costs.ts'
import type { UnitCost } from '../src/economics/unit-cost.ts'
import { measureById, scaleOf } from '../src/measures/registry.ts'
import type { PairOwnRow } from '../src/store/mart-types.ts'
import type { Store } from '../src/store/open.ts'
import { readContactCounts } from '../src/store/queries/contacts.ts'
import { readFaultCounts, readFiles, readFlagCounts } from '../src/store/queries/files.ts'
import { readFunnelCounts } from '../src/store/queries/funnel.ts'
import { readCategoryPairs, readNationalPairs, readOwnPairs } from '../src/store/queries/pairs.ts'
import { readEpisodes, readIndexPeople, readPersons } from '../src/store/queries/people.ts'
import { readMeasureCounts, readMonthCounts } from '../src/store/queries/quality.ts'
import { readUsageExcludedMonths, readUsageMonths, readUsagePerson } from '../src/store/queries/usage.ts'
import { doubtAboutFall } from '../src/usage/doubt-about-fall.ts'
import { monthSeries } from '../src/usage/month-series.ts'
import { summariseUsage } from '../src/usage/summarise-usage.ts'
import { issueWords } from './issue-words.ts'
import type { Project } from './project.ts'
import { type ProjectThresholds, projectScale } from './project-thresholds.ts'
import { SOFTWARE } from './software.ts'

/** Everything a modelled store has to say, before disclosure control. */
export async function analyseStore(store: Store, project: Project): Promise<Analysis> {
  const marts = await readMarts(store)
  return {
    facts: runFacts(store, project),
    services: marts.services.map((service) => analyseService(service, marts, project.measures)),
    usage: await analyseUsage(store, project, marts),
  }
}

type Marts = Awaited<ReturnType<typeof readMarts>>

async function readMarts({ kysely }: Store) {
  return {
    services: await readServices(kysely),
    persons: await readPersons(kysely),
    episodes: await readEpisodes(kysely),
    index_people: await readIndexPeople(kysely),
    own: await readOwnPairs(kysely),
    category: await readCategoryPairs(kysely),
    national: await readNationalPairs(kysely),
    funnel: await readFunnelCounts(kysely),
    files: await readFiles(kysely),
    faults: await readFaultCounts(kysely),
    flags: await readFlagCounts(kysely),
    measures: await readMeasureCounts(kysely),
    months: await readMonthCounts(kysely),
    contacts: await readContactCounts(kysely),
    aggregates: await kysely.selectFrom('aggregate_count').selectAll().execute(),
  }
}

async function readServices(kysely: Store['kysely']): Promise<ServiceName[]> {
  const rows = await kysely.selectFrom('service').selectAll().execute()
  return rows.map((it) => ({ code: it.service_code, name: it.service_name, area: it.area }))
}

function runFacts(store: Store, project: Project): RunFacts {
  const settings = store.sqlite
    .prepare<[], { data_start_day: number | null; data_end_day: number }>('select * from settings')
    .get() as { data_start_day: number | null; data_end_day: number }
  return {
    project: project.project,
    software: SOFTWARE,
    data_start: settings.data_start_day === null ? null : dateOfDay(settings.data_start_day),
    data_end: dateOfDay(settings.data_end_day),
    reentry_days: project.rules.reentry_days,
    min_pair_days: project.rules.min_pair_days,
    assessment_days_before_start: project.rules.assessment_days_before_start,
    assessment_days_after_end: project.rules.assessment_days_after_end,
    index_event: project.rules.index_event,
    window_months: project.rules.window_months,
    is_national_parity: project.rules.national_parity,
    price_year: project.prices.year,
  }
}

function analyseService(service: ServiceName, marts: Marts, thresholds: ProjectThresholds): ServiceAnalysis {
  const own = <Row extends { service_code: string | null }>(rows: readonly Row[]) =>
    rows.filter((row) => row.service_code === service.code)
  const episodes = own(marts.episodes)
  const people = new Set(episodes.map((it) => it.person_key))
  const contacts = own(marts.contacts)
  return {
    service,
    n_people: people.size,
    n_episodes: episodes.length,
    n_open_episodes: episodes.filter((it) => it.end_day === null).length,
    n_contacts: contacts.length === 0 ? null : sum(contacts, (it) => it.n_contacts),
    n_attended_contacts:
      contacts.length === 0 ? null : sum(contacts, (it) => (it.attendance === 'attended' ? it.n_contacts : 0)),
    neurodiversity: neurodiversity(marts, people),
    files: own(marts.files).map((it) => ({
      file_name: it.sheet === '' ? it.file_name : `${it.file_name} (${it.sheet})`,
      records: it.n_records,
      loaded: it.n_loaded,
      duplicates: it.n_duplicates,
      quarantined: it.n_quarantined,
    })),
    faults: byCode(own(marts.faults)),
    flags: byCode(own(marts.flags)),
    measures: own(marts.measures).map((it) => ({
      measure_name: nameOf(it.measure_id),
      n_forms: it.n_assessments,
      n_scored: it.n_scored,
      n_too_many_missing: it.n_too_many_missing,
      n_invalid: it.n_other,
      first_date: it.first_date,
      last_date: it.last_date,
    })),
    months: own(marts.months).map((it) => ({
      measure_name: nameOf(it.measure_id),
      month: `${it.month}-01`,
      n_forms: it.n_assessments,
    })),
    outcomes: own(marts.funnel).flatMap((funnel) => outcome(funnel, marts, thresholds)),
    diagnoses: diagnoses(service, marts),
    counts: feedback(service, marts),
  }
}

function nameOf(measureId: string): string {
  return shortMeasureName(measureById(measureId)?.name ?? measureId)
}

function neurodiversity(marts: Marts, people: ReadonlySet<number>): ServiceAnalysis['neurodiversity'] {
  const counts = { yes: 0, queried: 0, no: 0, unknown: people.size }
  for (const person of marts.persons) {
    if (!people.has(person.person_key) || person.neurodiversity === 'unknown') continue
    counts[person.neurodiversity as 'yes' | 'queried' | 'no'] += 1
    counts.unknown -= 1
  }
  return counts
}

function byCode(rows: readonly { code: string; n_records: number }[]): FaultCount[] {
  const counts = new Map<string, number>()
  for (const { code, n_records } of rows) counts.set(code, (counts.get(code) ?? 0) + n_records)
  return [...counts]
    .map(([code, n_rows]) => ({ code, words: issueWords(code), n_rows }))
    .sort((a, b) => b.n_rows - a.n_rows || (a.code < b.code ? -1 : 1))
}

function outcome(funnel: Marts['funnel'][number], marts: Marts, thresholds: ProjectThresholds): OutcomeAnalysis[] {
  const { service_code, measure_id, scale_id } = funnel
  const scale = projectScale(thresholds, measure_id, scale_id)
  const published = scaleOf(measure_id, scale_id)
  if (scale === null || published === null) return []
  const isSame = (row: { service_code: string; measure_id: string; scale_id: string }) =>
    row.service_code === service_code && row.measure_id === measure_id && row.scale_id === scale_id
  const rows = marts.own.filter(isSame)
  const pairs = rows.flatMap((row) => pairOf(row))
  const national = marts.national.filter(isSame)
  return [
    {
      measure_id,
      measure_name: nameOf(measure_id),
      scale_id,
      scale_label: scale.label,
      min_score: scale.min,
      max_score: scale.max,
      summary: summariseChange({
        measure_id,
        scale,
        funnel,
        pairs,
        unpaired_pre_scores: rows.flatMap((row) => (row.post_score === null ? [row.pre_score] : [])),
      }),
      national:
        published.national_change_points === null || national.length === 0
          ? null
          : nationalSummary(measure_id, published, national),
      scatter: scatterPoints(pairs, scale),
    },
  ]
}

function pairOf(row: PairOwnRow): { pre_score: number; post_score: number }[] {
  return row.post_score === null ? [] : [{ pre_score: row.pre_score, post_score: row.post_score }]
}

const ITQ_DIAGNOSES = ['CPTSD', 'PTSD', 'NONE']

function diagnoses(service: ServiceName, marts: Marts): DiagnosisAnalysis[] {
  const rows = marts.category.filter((it) => it.service_code === service.code && it.measure_id === 'itq')
  if (rows.length === 0) return []
  return [{ measure_name: nameOf('itq'), transitions: categoryTransitions(rows, ITQ_DIAGNOSES, 'NONE') }]
}

function feedback(service: ServiceName, marts: Marts): ServiceAnalysis['counts'] {
  const counts = new Map<string, { subject: string; category: string; n: number }>()
  for (const row of marts.aggregates) {
    if (row.service_code !== service.code) continue
    const key = `${row.subject}|${row.category}`
    const sofar = counts.get(key) ?? { subject: row.subject, category: row.category, n: 0 }
    counts.set(key, { ...sofar, n: sofar.n + row.count_value })
  }
  return [...counts.values()]
}

async function analyseUsage({ kysely }: Store, project: Project, marts: Marts): Promise<UsageAnalysis[]> {
  const unit_costs = unitCosts(project)
  const index = bundledPriceIndex(project.prices.index)
  const analyses: UsageAnalysis[] = []
  for (const { service: code } of project.usage) {
    const service = marts.services.find((it) => it.code === code) as ServiceName
    const rows = await readUsagePerson(kysely, code)
    const months = await readUsageMonths(kysely, code)
    analyses.push({
      service,
      n_joined: marts.index_people.filter((it) => it.service_code === code).length,
      summaries: summariseUsage(rows, { whole_window_days: wholeWindowDays(project.rules.window_months) }),
      months: monthSeries(months),
      doubts: doubtAboutFall(await readUsageExcludedMonths(kysely, code), months),
      cost: costUsage({
        rows,
        unit_costs,
        price_year: project.prices.year,
        index,
        programme: project.programmes.find((it) => it.service === code) ?? null,
        bootstrap: project.bootstrap,
      }),
    })
  }
  return analyses
}

/** The fewest days that so many calendar months can have. */
function wholeWindowDays(months: number): number {
  const fewest = Array.from({ length: 48 }, (_, month) => {
    const start = isoDate(2023 + Math.floor(month / 12), (month % 12) + 1, 1) as IsoDate
    return dayNumber(addMonths(start, months)) - dayNumber(start)
  })
  return Math.min(...fewest)
}

function unitCosts(project: Project): UnitCost[] {
  const name = project.prices.unit_costs
  if (name === undefined) return bundledUnitCosts()
  const path = resolve(project.dir, name)
  if (!existsSync(path)) {
    throw new OperatorError(
      `The unit costs ${name} named in outcomes.yaml are not there. Correct "unit_costs", or leave it out to use the bundled table.`,
      EXIT.wrong_usage,
    )
  }
  return readUnitCosts(readFileSync(path, 'utf8'), name)
}

function sum<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((total, row) => total + value(row), 0)
}
