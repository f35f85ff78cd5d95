import type { DiagnosisAnalysis, FaultCount, FileAccount, ServiceAnalysis, ServiceName } from '../reports/analysis.ts'
import { categoryTransitions } from '../src/change/category-transitions.ts'
import { groupedSums } from '../src/stats/grouped-sums.ts'
import { periodOfFile } from '../src/store/period-of-file.ts'
import { qualityRule } from '../src/store/quality-rules.ts'
import { analyseClosely } from './analyse-closely.ts'
import { analyseOutcome } from './analyse-outcome.ts'
import { analyseOverTime } from './analyse-over-time.ts'
import { analyseProfile } from './analyse-profile.ts'
import { analyseQuality, measureName, ofService } from './analyse-quality.ts'
import { issueWords, remedyWords } from './issue-words.ts'
import { withMinimumContacts } from './minimum-contacts.ts'
import type { Project } from './project.ts'
import type { Marts } from './read-marts.ts'

/** What `analyseStore` adds. */
type ServiceWithoutCourse = Omit<ServiceAnalysis, 'courses' | 'attendance' | 'came' | 'flows' | 'timelines'>

/** One service: what was read, who came, and what changed. */
export function analyseService(service: ServiceName, all: Marts, project: Project): ServiceWithoutCourse {
  const marts = withMinimumContacts(all, project.rules.min_contacts)
  const thresholds = project.measures
  const own = ofService(service, marts)
  const episodes = own(marts.episodes)
  const people = new Set(episodes.map((it) => it.person_key))
  const contacts = own(marts.contacts)
  const outcomes = own(marts.funnel).flatMap((funnel) => analyseOutcome(funnel, marts, thresholds))
  return {
    service,
    n_people: people.size,
    n_episodes: episodes.length,
    n_open_episodes: episodes.filter((it) => it.end_day === null).length,
    n_contacts: contacts.length === 0 ? null : sum(contacts, (it) => it.n_contacts),
    n_attended_contacts:
      contacts.length === 0 ? null : sum(contacts, (it) => (it.attendance === 'attended' ? it.n_contacts : 0)),
    neurodiversity: neurodiversity(marts, people),
    files: own(marts.files).map((file) => fileAccount(file, marts)),
    faults: byCode(own(marts.faults)),
    flags: byCode(own(marts.findings).map(({ rule_code, n_rows }) => ({ code: rule_code, n_records: n_rows }))),
    quality: analyseQuality(service, marts),
    measures: own(marts.measures).map((it) => ({
      measure_name: measureName(it.measure_id),
      n_forms: it.n_assessments,
      n_scored: it.n_scored,
      n_too_many_missing: it.n_too_many_missing,
      n_invalid: it.n_other,
      first_date: it.first_date,
      last_date: it.last_date,
    })),
    months: own(marts.months).map((it) => ({
      measure_name: measureName(it.measure_id),
      month: `${it.month}-01`,
      n_forms: it.n_assessments,
    })),
    outcomes,
    diagnoses: diagnoses(service, marts),
    counts: feedback(service, marts),
    ...analyseClosely(service, { all, marts, project, outcomes }),
    profile: analyseProfile(service, marts),
    over_time: analyseOverTime(service, marts, project),
  }
}

/** A file and where its records went. */
export function fileAccount(file: Marts['files'][number], { files }: Pick<Marts, 'files'>): FileAccount {
  const later = files.find((it) => it.file_id === file.superseded_by)
  return {
    file_name: fileLabel(file),
    period: periodOfFile(file),
    superseded_by: later === undefined ? null : fileLabel(later),
    records: file.n_records,
    loaded: file.n_loaded,
    duplicates: file.n_duplicates,
    quarantined: file.n_quarantined,
  }
}

function fileLabel({ sheet, file_name }: Marts['files'][number]): string {
  return sheet === '' ? file_name : `${file_name} (${sheet})`
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
  return groupedSums(rows, ['code'], 'n_records')
    .map(({ code, n_records }) => ({
      code,
      words: issueWords(code),
      remedy: remedyWords(code),
      consequence: qualityRule(code)?.consequence ?? null,
      n_rows: n_records,
    }))
    .sort((a, b) => b.n_rows - a.n_rows || (a.code < b.code ? -1 : 1))
}

const ITQ_DIAGNOSES = ['CPTSD', 'PTSD', 'NONE']

function diagnoses(service: ServiceName, marts: Marts): DiagnosisAnalysis[] {
  const rows = marts.category.filter((it) => it.service_code === service.code && it.measure_id === 'itq')
  if (rows.length === 0) return []
  return [{ measure_name: measureName('itq'), transitions: categoryTransitions(rows, ITQ_DIAGNOSES, 'NONE') }]
}

function feedback(service: ServiceName, marts: Marts): ServiceAnalysis['counts'] {
  const rows = marts.aggregates.filter((row) => row.service_code === service.code)
  return groupedSums(rows, ['subject', 'category'], 'count_value').map(({ subject, category, count_value }) => ({
    subject,
    category,
    n: count_value,
  }))
}

function sum<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((total, row) => total + value(row), 0)
}
