import type { MeasureQuality, ServiceName, ServiceQuality, TeamCoding } from '../reports/analysis.ts'
import { shortMeasureName } from '../reports/parts/measure-words.ts'
import { dateOfDay } from '../src/domain/iso-date.ts'
import { countMissingItems } from '../src/measures/missing-items.ts'
import { measureById } from '../src/measures/registry.ts'
import { median } from '../src/stats/describe.ts'
import { qualityRule } from '../src/store/quality-rules.ts'
import { issueWords } from './issue-words.ts'
import type { Marts } from './read-marts.ts'

const IMPOSSIBLE = new Set([
  'answer_out_of_range',
  'score_out_of_range',
  'number_out_of_range',
  'not_a_number',
  'not_an_integer',
])

/** What one service's data are like, whether or not anyone has a score. */
export function analyseQuality(service: ServiceName, marts: Marts): ServiceQuality {
  const own = ofService(service, marts)
  const waits = waitsOf(service, marts)
  return {
    measures: own(marts.measure_starts).map((start) => analyseMeasure(start, marts, waits)),
    held_back: own(marts.faults_by_column).map((it) => ({
      file_name: it.sheet === '' ? it.file_name : `${it.file_name} (${it.sheet})`,
      column_name: it.column_name,
      code: it.code,
      words: issueWords(it.code),
      is_impossible_value: IMPOSSIBLE.has(it.code),
      n_rows: it.n_records,
    })),
    set_aside: own(marts.findings).flatMap(({ rule_code, measure_id, n_rows }) => {
      const rule = qualityRule(rule_code)
      if (rule?.treatment !== 'set_aside' || measure_id === null) return []
      return [{ code: rule_code, measure_name: measureName(measure_id), words: rule.found, n_rows }]
    }),
    forms_by_team: own(marts.teams).map((it) => ({
      measure_name: measureName(it.measure_id),
      team: it.team,
      n_forms: it.n_assessments,
      n_scored: it.n_scored,
      n_too_many_missing: it.n_too_many_missing,
    })),
    unmapped_codes: own(marts.unmapped_codes).map(({ source_code, n_events }) => ({ source_code, n_events })),
  }
}

/** The rows of a service. Those of no named service are the only one's; of several, nobody's (a file that holds rows of all). */
export function ofService({ code }: ServiceName, { services }: Marts) {
  return <Row extends { service_code: string | null }>(rows: readonly Row[]) =>
    rows.filter((row) => row.service_code === code || (row.service_code === null && services.length === 1))
}

/** As tables and charts print it. */
export function measureName(measureId: string): string {
  return shortMeasureName(measureById(measureId)?.name ?? measureId)
}

type Start = Marts['measure_starts'][number]

function analyseMeasure(start: Start, marts: Marts, waits: Waits): MeasureQuality {
  const { service_code, measure_id } = start
  const own = <Row extends { service_code: string; measure_id: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.service_code === service_code && row.measure_id === measure_id)
  const days = waits.get(measure_id) ?? []
  return {
    measure_id,
    measure_name: measureName(measure_id),
    started: dateOfDay(start.start_day),
    is_start_declared: start.is_declared === 1,
    completeness: own(marts.completeness).map(({ team, start_month, n_eligible, n_first, n_two }) => ({
      team,
      month: `${start_month}-01`,
      n_eligible,
      n_first,
      n_two,
    })),
    newest_form: own(marts.measures)[0]?.last_date ?? null,
    wait: { n: days.length, median_days: median(days) },
    items: itemsOf(measure_id, own(marts.answered_forms)),
    codings: own(marts.team_codings).map(codingOf),
  }
}

function itemsOf(measureId: string, forms: Marts['answered_forms']): MeasureQuality['items'] {
  const measure = measureById(measureId)
  const n_forms = forms.reduce((sum, it) => sum + it.n_forms, 0)
  if (measure === null) return { n_forms, missing: [] }
  const incomplete = forms.flatMap(({ items, n_forms }) => (items === null ? [] : [{ items, n_forms }]))
  return { n_forms, missing: countMissingItems(measure, incomplete) }
}

function codingOf(row: Marts['team_codings'][number]): TeamCoding {
  const { team, n_forms, n_highest, n_lowest, n_other_forms, n_other_highest, n_other_lowest } = row
  return { team, n_forms, n_highest, n_lowest, n_other_forms, n_other_highest, n_other_lowest, verdict: verdictOf(row) }
}

function verdictOf(row: Marts['team_codings'][number]): TeamCoding['verdict'] {
  if (row.is_suspected === 0) return 'like_the_others'
  if (row.is_confirmed === 1) return 'confirmed'
  return row.is_never_highest === 1 ? 'never_highest' : 'never_lowest'
}

/** Days from referral to the first score of any scale, by measure: one for each episode with both. */
type Waits = ReadonlyMap<string, readonly number[]>

function waitsOf({ code }: ServiceName, marts: Marts): Waits {
  const referred = new Map(marts.episodes.map((it) => [it.episode_id, it.referral_day]))
  const firsts = new Map<string, Map<number, number>>()
  for (const { service_code, measure_id, episode_id, pre_day } of [
    ...[...marts.own.values()].flat(),
    ...marts.category,
  ]) {
    if (service_code !== code) continue
    const days = firsts.get(measure_id) ?? new Map<number, number>()
    days.set(episode_id, Math.min(days.get(episode_id) ?? pre_day, pre_day))
    firsts.set(measure_id, days)
  }
  return new Map(
    [...firsts].map(([measureId, days]) => [
      measureId,
      [...days].flatMap(([episodeId, day]) => {
        const referral = referred.get(episodeId) ?? null
        return referral === null ? [] : [day - referral]
      }),
    ]),
  )
}
