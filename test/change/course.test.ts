import { describe, expect, it } from 'vitest'
import { type AttendanceOptions, type AttendedEpisode, attendanceSummary } from '../../src/change/attendance.ts'
import { type FollowUpScores, followUpSummaries } from '../../src/change/follow-up-states.ts'
import { imputedChange, missingDifferences, tippingPoints } from '../../src/change/missing-scores.ts'
import { type PlacedScore, timeCourse } from '../../src/change/time-course.ts'
import type { Scale } from '../../src/measures/measure.ts'
import { scaleOf } from '../../src/measures/registry.ts'
import { createRandom } from '../../src/stats/random.ts'
import { table } from '../table.ts'

const reqol = scaleOf('reqol-10', 'total') as Scale
const phq = scaleOf('phq-9', 'total') as Scale

describe('states at a follow-up', () => {
  const drawn = (drawing: string) =>
    table(drawing).map((row) => ({ follow_up_months: 6, status: 'scored', ...row })) as unknown as FollowUpScores[]

  it('are maintained, lost, late gain and never gained, by reliable change since entry (ReQoL-10: 5 points, higher is better)', () => {
    const [summary] = followUpSummaries(
      drawn(`
        entry_score | end_score | follow_up_score
        ------------+-----------+----------------
        10          | 15        | 15
        10          | 15        | 14
        10          | 14        | 15
        10          | 14        | 14
        10          | 10        | 5
        10          |           | 20`),
      reqol,
    )
    expect(summary?.states).toEqual({ maintained: 1, lost: 1, late_gain: 1, never_gained: 2, no_end_score: 1 })
    expect(summary).toMatchObject({ n_asked: 6, n_scored: 6, n_worse_than_entry: 1 })
  })

  it('turn with the direction of the measure (PHQ-9: 6 points, lower is better)', () => {
    const [summary] = followUpSummaries(
      drawn(`
        entry_score | end_score | follow_up_score
        ------------+-----------+----------------
        18          | 12        | 12
        18          | 12        | 13
        18          | 13        | 12
        12          | 13        | 18`),
      phq,
    )
    expect(summary?.states).toEqual({ maintained: 1, lost: 1, late_gain: 1, never_gained: 1, no_end_score: 0 })
    expect(summary?.n_worse_than_entry).toBe(1)
  })

  it('conserve people: every episode that ended is in one status, and everyone scored in one state', () => {
    const statuses = ['scored', 'missing', 'in_care_again', 'moved', 'died', 'not_due'] as const
    const rows = Array.from({ length: 60 }, (_, i): FollowUpScores => {
      const status = statuses[i % 6] as FollowUpScores['status']
      return {
        follow_up_months: i < 30 ? 3 : 12,
        status,
        entry_score: i % 30,
        end_score: i % 4 === 0 ? null : (i * 7) % 40,
        follow_up_score: status === 'scored' ? (i * 11) % 40 : null,
      }
    })
    for (const it of followUpSummaries(rows, reqol)) {
      const states = Object.values(it.states ?? {}).reduce((sum, n) => sum + n, 0)
      expect(states).toBe(it.n_scored)
      expect(it.n_scored + it.n_missing + it.n_in_care_again + it.n_moved + it.n_died + it.n_not_due).toBe(it.n_asked)
      expect(it.n_asked).toBe(30)
    }
  })

  it('of a scale without a threshold there are none, and under 10 scores no mean', () => {
    const [summary] = followUpSummaries(drawn('entry_score | end_score | follow_up_score\n---+---+---\n10 | 15 | 15'), {
      ...reqol,
      reliable_change: null,
    })
    expect(summary).toMatchObject({ states: null, n_worse_than_entry: null, mean_improvement: null })
  })
})

describe('who is missing', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    pre_score: 6 + (i % 13),
    post_score: i % 4 === 0 ? null : 12 + (i % 13) + (i % 3),
  }))

  it('people with a later score stand beside those without one, means and shares in standard deviations', () => {
    const values = (list: readonly number[], has_last: boolean) => list.map((value) => ({ has_last, value }))
    const [score, women] = missingDifferences([
      {
        characteristic: 'First score',
        kind: 'mean',
        values: [...values([10, 12, 14], true), ...values([6, 8, 10], false)],
      },
      {
        characteristic: 'Women',
        kind: 'share',
        values: [...values([1, 1, 0, 1], true), ...values([1, 0, 0, 0], false)],
      },
    ])
    expect(score).toMatchObject({ with_score: { n: 3, value: 12 }, without_score: { n: 3, value: 8 }, difference: 2 })
    expect(women).toMatchObject({ with_score: { n: 4, x: 3 }, without_score: { n: 4, x: 1 } })
    expect(women?.difference).toBeCloseTo(0.5 / Math.sqrt(0.1875), 12)
  })

  it('the tipping point says how the missing must fare for the improvement to be no longer shown', () => {
    const found = tippingPoints(rows, reqol)
    expect(found).toMatchObject({ n_observed: 30, n_missing: 10 })
    const mean = found?.mean_improvement as number
    // The mean of everyone is nil where ten missing lose what thirty gained.
    expect(found?.mean_is_nil).toBeCloseTo(-3 * mean, 10)
    expect(found?.no_longer_shown as number).toBeGreaterThan(found?.mean_is_nil as number)
    expect(found?.worst_possible as number).toBeLessThan(0)
  })

  it.each(['normal', 'matched'] as const)(
    'imputation (%s) of everyone lies between counting the missing as nothing and as the completers, and repeats itself for a seed',
    (method) => {
      const once = imputedChange(rows, reqol, { method, n_imputations: 20, random: createRandom('a') })
      expect(once).toMatchObject({ n: 40, n_missing: 10, method, reason: null })
      expect(once).toEqual(imputedChange(rows, reqol, { method, n_imputations: 20, random: createRandom('a') }))
      expect(once.mean_improvement as number).toBeGreaterThan(5)
      expect(once.improvement_ci95?.[0] as number).toBeLessThan(once.mean_improvement as number)
    },
  )

  it('says why there is none: nobody missing, under ten with both scores', () => {
    const options = { method: 'normal' as const, n_imputations: 5, random: createRandom('a') }
    const both = rows.filter((it) => it.post_score !== null)
    expect(imputedChange(both, reqol, options).reason).toBe('nobody_missing')
    expect(tippingPoints(both, reqol)?.no_longer_shown).toBeNull()
    expect(imputedChange(rows.slice(0, 6), reqol, options).reason).toBe('too_few_observed')
    expect(tippingPoints(rows.slice(0, 6), reqol)).toBeNull()
  })
})

describe('the time course', () => {
  it('uses the scores of people without an end score too: their reviews move the estimate away from the completers’', () => {
    const scores: PlacedScore[] = Array.from({ length: 40 }, (_, episode_id) => {
      const noise = ((episode_id * 7) % 5) - 2
      const does_well = episode_id % 2 === 0
      const at = (timepoint: PlacedScore['timepoint'], days_from_entry: number, score: number): PlacedScore => ({
        ...{ episode_id, timepoint, days_from_entry, score },
        follow_up_months: null,
      })
      const start = 10 + (episode_id % 7)
      const review = start + (does_well ? 5 : 0) + noise
      return [
        at('entry', 0, start),
        at('review', 90, review),
        ...(does_well ? [at('end', 180, start + 8 - noise)] : []),
      ]
    }).flat()
    const course = timeCourse(scores, 'higher')
    const end = course.timepoints.find((it) => it.timepoint === 'end')
    expect(course).toMatchObject({ n_people: 40, n_scores: 100, reason: null })
    expect(end?.n_scores).toBe(20)
    expect(end?.completers_improvement).toBeGreaterThan(7.5)
    expect(end?.improvement as number).toBeLessThan((end?.completers_improvement as number) - 0.5)
  })

  it('without any later score says so', () => {
    const scores = [1, 2, 3].map((episode_id) => ({
      ...{ episode_id, timepoint: 'entry' as const, days_from_entry: 0, score: 10 },
      follow_up_months: null,
    }))
    expect(timeCourse(scores, 'higher')).toMatchObject({ timepoints: [], reason: 'no_later_scores' })
  })
})

describe('sessions and leaving', () => {
  const options: AttendanceOptions = {
    better: 'higher',
    has_contacts: true,
    planned_sessions: 26,
    dropped_out: [],
    completed: [],
    periods: { recent: [200, 399], before: [0, 199] },
  }
  const episodes = (drawing: string) =>
    table(drawing).map(({ pre, post, ...row }) => ({
      ...row,
      pair: pre === null ? null : { pre_score: pre, post_score: post },
    })) as unknown as AttendedEpisode[]

  it('tells who completed and who dropped out from the reason as recorded; a word of neither is another end', () => {
    const summary = attendanceSummary(
      episodes(`
        end_day | discharge_reason    | n_attended_contacts | pre | post
        --------+---------------------+---------------------+-----+-----
        100     | Completed programme | 30                  | 10  | 18
        250     | Dropped out         | 4                   |     |
        260     | Unplanned           | 6                   |     |
        270     | Planned             | 26                  | 10  | 16
        280     | Stepped up          | 12                  |     |
        290     |                     | 25                  |     |
                |                     | 8                   |     |`),
      options,
    )
    expect(summary.leaving).toEqual({ completed: 2, dropped_out: 2, other: 1, not_recorded: 1, open: 1 })
    expect(summary.drop_out?.recent).toMatchObject({ n_ended: 5, n_reason_known: 4, n_dropped_out: 2 })
    expect(summary.drop_out?.before).toMatchObject({ n_ended: 1, n_reason_known: 1, n_dropped_out: 0 })
    expect(summary.sessions).toMatchObject({ planned: 26, n_ended: 6, n_reached_plan: 2, median_attended: 18.5 })
    expect(summary.sessions?.bands.map((it) => it.n_episodes)).toEqual([1, 2, 1, 2])
    expect([summary.completed.n_episodes, summary.dropped_out.n_episodes, summary.everyone.n_episodes]).toEqual([
      2, 2, 7,
    ])
  })

  it('the project may say what a reason means', () => {
    const [it] = episodes(
      'end_day | discharge_reason | n_attended_contacts | pre | post\n--+--+--+--+--\n9 | Stepped up | 3 | | ',
    )
    const own = { ...options, completed: ['Stepped up'] }
    expect(attendanceSummary([it as AttendedEpisode], own).leaving.completed).toBe(1)
  })
})
