import type { ServiceName } from '../reports/analysis.ts'
import type { Middle, PairProfile, ServiceOverTime, ServiceProfile } from '../reports/service-profile.ts'
import { improvement } from '../src/measures/improvement.ts'
import { median } from '../src/stats/describe.ts'
import { groupedSums } from '../src/stats/grouped-sums.ts'
import type { PairOwnRow } from '../src/store/mart-types.ts'
import { ofService } from './analyse-quality.ts'
import { type ProjectThresholds, projectScale } from './project-thresholds.ts'
import type { Marts } from './read-marts.ts'

/** Who came, how much they got, and how long it took. */
export function analyseProfile(service: ServiceName, marts: Marts): ServiceProfile {
  const episodes = ofService(service, marts)(marts.episodes)
  const ended = episodes.filter((it) => it.end_day !== null)
  const hasContacts = ofService(service, marts)(marts.contacts).length > 0
  return {
    age_at_start: middle(episodes.map((it) => it.age_at_start)),
    days_to_first_contact: middle(
      episodes.map(({ referral_day, first_contact_day }) =>
        referral_day === null || first_contact_day === null ? null : first_contact_day - referral_day,
      ),
    ),
    attended_contacts: hasContacts ? middle(ended.map((it) => it.n_attended_contacts)) : null,
    pairs: pairsOf(service, marts).map(pairProfile),
  }
}

/** What happened by month: episodes that started, and improvement by the month of the last score so far. */
export function analyseOverTime(service: ServiceName, marts: Marts, thresholds: ProjectThresholds): ServiceOverTime {
  const starts = ofService(service, marts)(marts.episodes).map((it) => ({ month: monthOf(it.start_date), n: 1 }))
  const pairs = pairsOf(service, marts).flatMap((rows) => rows.flatMap((row) => improvementOf(row, thresholds)))
  const n = groupedSums(pairs, ['measure_id', 'scale_id', 'month'], 'n')
  const sums = groupedSums(pairs, ['measure_id', 'scale_id', 'month'], 'sum_improvement')
  return {
    starts: groupedSums(starts, ['month'], 'n').toSorted(byMonth),
    improvements: n
      .map((row, at) => ({ ...row, sum_improvement: sums[at]?.sum_improvement as number }))
      .toSorted(byMonth),
  }
}

function improvementOf(row: PairOwnRow, thresholds: ProjectThresholds) {
  const { measure_id, scale_id, post_score, post_date } = row
  const scale = projectScale(thresholds, measure_id, scale_id)
  if (scale === null || post_score === null || post_date === null) return []
  const sum_improvement = improvement(scale.better, row.pre_score, post_score)
  return [{ measure_id, scale_id, month: monthOf(post_date), n: 1, sum_improvement }]
}

function pairsOf({ code }: ServiceName, { own }: Marts): (readonly PairOwnRow[])[] {
  return [...own.values()].filter(([row]) => row?.service_code === code)
}

function pairProfile(rows: readonly PairOwnRow[]): PairProfile {
  const [{ measure_id, scale_id } = { measure_id: '', scale_id: '' }] = rows
  return {
    measure_id,
    scale_id,
    pre_score: middle(rows.map((row) => row.pre_score)),
    days_between: middle(rows.map(({ pre_day, post_day }) => (post_day === null ? null : post_day - pre_day))),
  }
}

function middle(values: readonly (number | null)[]): Middle {
  const known = values.filter((value) => value !== null)
  return { n: known.length, median: median(known) }
}

function monthOf(date: string): string {
  return `${date.slice(0, 7)}-01`
}

function byMonth(a: { month: string }, b: { month: string }): number {
  return a.month < b.month ? -1 : a.month > b.month ? 1 : 0
}
