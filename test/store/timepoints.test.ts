import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfDay } from '../../src/domain/iso-date.ts'
import { TIMEPOINTS } from '../../src/store/mart-types.ts'
import { onlyDrawn, table } from '../table.ts'
import { standingWorld } from './twins/submissions.ts'
import { timepointsSlowly } from './twins/timepoints.ts'
import { completeWorld, drawWorld, modelOf, modelsOf, sorted, type World } from './world.ts'
import { worlds } from './worlds.ts'

const POINTS = `
  follow_up_months | tolerance_days
  -----------------+---------------
  3                | 30
  6                | 45
  12               | 60`

describe('time points of an episode', () => {
  it('are the entry, reviews, the last score near the end, and the score nearest to each follow-up; every score has one', async () => {
    const world = drawWorld({
      follow_up_point: POINTS,
      referral_record: `
        nhs | referral_date | discharge_date
        ----+---------------+---------------
        ann | 2024-01-01    | 2024-07-01`,
      assessment_score: `
        assessment_id | nhs | assessed_date | score
        --------------+-----+---------------+------
        11            | ann | 2024-01-05    | 12
        12            | ann | 2024-03-02    | 15
        13            | ann | 2024-06-01    | 18
        14            | ann | 2024-07-29    | 20
        15            | ann | 2024-08-05    | 21
        16            | ann | 2024-09-20    | 22
        17            | ann | 2024-10-09    | 23
        18            | ann | 2025-01-01    | 24
        19            | ann | 2025-03-01    | 25`,
    })
    const expected = `
      assessment_id | timepoint     | follow_up_months | days_from_target | days_from_entry
      --------------+---------------+------------------+------------------+----------------
      11            | entry         |                  |                  | 0
      12            | review        |                  |                  | 57
      13            | review        |                  |                  | 148
      14            | end           |                  |                  | 206
      15            | out_of_window |                  |                  | 213
      16            | spare         | 3                | -11              | 259
      17            | follow_up     | 3                | 8                | 278
      18            | follow_up     | 6                | 0                | 362
      19            | out_of_window |                  |                  | 421`
    const rows = await modelOf(world, 'outcome_timepoints')
    expect(onlyDrawn(rows, expected)).toEqual(table(expected))
  })

  it('of two scores as near to a follow-up the earlier counts', async () => {
    const world = drawWorld({
      follow_up_point: POINTS,
      referral_record: `
        nhs | referral_date | discharge_date
        ----+---------------+---------------
        ann | 2024-01-01    | 2024-07-01`,
      assessment_score: `
        assessment_id | nhs | assessed_date | score
        --------------+-----+---------------+------
        11            | ann | 2024-01-05    | 12
        12            | ann | 2024-10-06    | 20
        13            | ann | 2024-09-26    | 21`,
    })
    const expected = `
      assessment_id | timepoint | follow_up_months | days_from_target
      --------------+-----------+------------------+-----------------
      11            | entry     |                  |
      12            | spare     | 3                | 5
      13            | follow_up | 3                | -5`
    expect(onlyDrawn(await modelOf(world, 'outcome_timepoints'), expected)).toEqual(table(expected))
  })

  it('a score as near to two follow-ups is the earlier one’s', async () => {
    const world = drawWorld({
      follow_up_point: `
        follow_up_months | tolerance_days
        -----------------+---------------
        1                | 20
        2                | 20`,
      referral_record: `
        nhs | referral_date | discharge_date
        ----+---------------+---------------
        ann | 2024-01-01    | 2024-05-01`,
      assessment_score: `
        assessment_id | nhs | assessed_date | score
        --------------+-----+---------------+------
        11            | ann | 2024-01-05    | 12
        12            | ann | 2024-06-16    | 20`,
    })
    const expected = `
      assessment_id | timepoint | follow_up_months | days_from_target
      --------------+-----------+------------------+-----------------
      11            | entry     |                  |
      12            | follow_up | 1                | 15`
    expect(onlyDrawn(await modelOf(world, 'outcome_timepoints'), expected)).toEqual(table(expected))
  })

  it('a score 90 days before leaving is the score at the end, one 91 days before is a review; 30 days from the follow-up it counts, 31 it does not', async () => {
    const world = drawWorld({
      follow_up_point: POINTS,
      referral_record: `
        nhs  | referral_date | discharge_date
        -----+---------------+---------------
        near | 2024-01-01    | 2024-07-01
        far  | 2024-01-01    | 2024-07-01`,
      assessment_score: `
        assessment_id | nhs  | assessed_date | score
        --------------+------+---------------+------
        11            | near | 2024-01-05    | 12
        12            | near | 2024-04-02    | 20
        13            | near | 2024-10-31    | 21
        14            | far  | 2024-01-05    | 12
        15            | far  | 2024-04-01    | 20
        16            | far  | 2024-11-01    | 21`,
    })
    const expected = `
      assessment_id | timepoint
      --------------+--------------
      11            | entry
      12            | end
      13            | follow_up
      14            | entry
      15            | review
      16            | out_of_window`
    expect(onlyDrawn(await modelOf(world, 'outcome_timepoints'), expected)).toEqual(table(expected))
  })

  it('scores after the end never move the first-to-last change, and scores of a later episode are that one’s', async () => {
    const world = drawWorld({
      follow_up_point: POINTS,
      referral_record: `
        nhs | referral_date | discharge_date
        ----+---------------+---------------
        ann | 2023-01-01    | 2023-06-30
        ann | 2024-03-01    | 2024-12-31`,
      assessment_score: `
        assessment_id | nhs | assessed_date | score
        --------------+-----+---------------+------
        11            | ann | 2023-01-05    | 12
        12            | ann | 2023-06-20    | 20
        13            | ann | 2023-09-30    | 25
        14            | ann | 2024-03-10    | 10
        15            | ann | 2024-12-20    | 16`,
    })
    const pairs = `
      episode_id | pre_score | post_score
      -----------+-----------+-----------
      1          | 12        | 20
      2          | 10        | 16`
    expect(onlyDrawn(await modelOf(world, 'pairs_own'), pairs)).toEqual(table(pairs))
    const expected = `
      episode_id | assessment_id | timepoint
      -----------+---------------+----------
      1          | 11            | entry
      1          | 12            | end
      1          | 13            | follow_up
      2          | 14            | entry
      2          | 15            | end`
    expect(onlyDrawn(await modelOf(world, 'outcome_timepoints'), expected)).toEqual(table(expected))
  })
})

describe('follow-ups', () => {
  it('say of everyone whose episode ended whether there is a score, and if not whether one was due', async () => {
    const world = drawWorld({
      follow_up_point: `
        follow_up_months | tolerance_days
        -----------------+---------------
        3                | 30`,
      person_record: `
        nhs  | death_date | moved_date
        -----+------------+-----------
        dead | 2024-08-01 |
        gone |            | 2024-08-01`,
      referral_record: `
        nhs    | referral_date | discharge_date
        -------+---------------+---------------
        scored | 2024-01-01    | 2024-07-01
        none   | 2024-01-01    | 2024-07-01
        dead   | 2024-01-01    | 2024-07-01
        gone   | 2024-01-01    | 2024-07-01
        back   | 2024-01-01    | 2024-07-01
        recent | 2024-01-01    | 2026-02-01
        open   | 2024-01-01    |
        back   | 2024-10-20    |`,
      assessment_score: `
        nhs    | assessed_date | score
        -------+---------------+------
        scored | 2024-01-05    | 12
        scored | 2024-10-02    | 20
        none   | 2024-01-05    | 12
        dead   | 2024-01-05    | 12
        gone   | 2024-01-05    | 12
        back   | 2024-01-05    | 12
        recent | 2024-01-05    | 12
        open   | 2024-01-05    | 12`,
    })
    const expected = `
      episode_id | follow_up_months | follow_up_score | status
      -----------+------------------+-----------------+--------------
      1          | 3                | 20              | scored
      2          | 3                |                 | missing
      3          | 3                |                 | died
      4          | 3                |                 | moved
      5          | 3                |                 | in_care_again
      6          | 3                |                 | not_due`
    expect(onlyDrawn(await modelOf(world, 'follow_ups'), expected)).toEqual(table(expected))
  })
})

it('time points, follow-ups and flow agree with their slow, obvious versions where many scores come after the end', async () => {
  const found = new Set<string>()
  await fc.assert(
    fc.asyncProperty(worlds().map(withLateScores), async (world) => {
      const expected = timepointsSlowly(standingWorld(world))
      const rows = await modelsOf(world, Object.keys(expected))
      for (const [name, slow] of Object.entries(expected))
        expect({ [name]: rows[name] }).toEqual({ [name]: sorted(slow) })
      for (const row of rows.outcome_timepoints ?? []) found.add(String(row.timepoint))
    }),
    { seed: 20_260_331, numRuns: 40 },
  )
  expect([...found].sort()).toEqual([...TIMEPOINTS].sort())
})

/** Every referral ends, within a month; two thirds of the scores move to the months after it. */
function withLateScores(world: World): World {
  return completeWorld({
    ...world,
    settings: world.settings.map((it) => ({ ...it, reentry_days: 0, data_end_day: it.data_end_day + 100 })),
    follow_up_point: [
      { follow_up_months: 1, tolerance_days: 20 },
      { follow_up_months: 2, tolerance_days: 20 },
    ],
    referral_record: world.referral_record.map((it, nth) => {
      const discharge_day = it.referral_day + (nth % 4) * 10
      return { ...it, discharge_day, discharge_date: dateOfDay(discharge_day) }
    }),
    assessment_record: world.assessment_record.filter((it) => it.assessment_id > 1000),
    assessment_score: world.assessment_score.map((it) => {
      const nth = it.assessment_id
      const assessed_day = it.assessed_day + (nth % 3 === 0 ? 0 : 5 * (nth % 9))
      return {
        ...it,
        referral_ref: null,
        basis: nth % 7 === 0 ? it.basis : 'whole_scale',
        assessed_day,
        assessed_date: dateOfDay(assessed_day),
      }
    }),
  })
}
