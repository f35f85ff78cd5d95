import { describe, expect, it } from 'vitest'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, modelOf } from './world.ts'

const DIALOG_8 = 8

describe('pairs by the national rule', () => {
  it.each([
    { scores: [8, 3, 5], corrected: [3, 5], parity: [null, null] },
    { scores: [3, 8], corrected: [3, null], parity: [3, null] },
    { scores: [3, 4, 3], corrected: [3, 3], parity: [3, 3] },
    { scores: [3], corrected: [3, null], parity: [3, null] },
    { scores: [9, 3, 4], corrected: [3, 4], parity: [3, 4] },
    { scores: [3, 4, 8], corrected: [3, 4], parity: [3, 4] },
  ])('DIALOG item answered $scores: corrected $corrected, the published query $parity', async (example) => {
    expect(await pairOf('dialog', 'item_1', example.scores, 0)).toEqual(example.corrected)
    expect(await pairOf('dialog', 'item_1', example.scores, 1)).toEqual(example.parity)
  })

  it('ReQoL-10 from 20 to 24.5 is 4.5 points better; the published query rounds it to 5', async () => {
    expect(await pairOf('reqol-10', 'total', [20, 24.5], 0)).toEqual([20, 24.5])
    expect(await pairOf('reqol-10', 'total', [20, 24.5], 1)).toEqual([20, 25])
    expect(await pairOf('reqol-10', 'total', [20.5, 24.4], 1)).toEqual([21, 24])
  })

  it('two scores of one day pair in the published query only', async () => {
    expect(await pairOf('gbo', 'goal_1', [3, 6], 0, ['2024-02-01', '2024-02-01'])).toEqual([3, null])
    expect(await pairOf('gbo', 'goal_1', [3, 6], 1, ['2024-02-01', '2024-02-01'])).toEqual([3, 6])
  })

  it('the follow-up is the latest day, and of that day the score ordered first', async () => {
    const days = ['2024-02-01', '2024-03-01', '2024-06-01', '2024-06-01']
    expect(await pairOf('gbo', 'goal_1', [3, 9, 5, 7], 0, days)).toEqual([3, 5])
  })

  it('one score sent twice is one score', async () => {
    expect(await pairOf('gbo', 'goal_1', [3, 3], 1, ['2024-02-01', '2024-02-01'])).toEqual([3, null])
  })

  it('counts a referral only when every condition of the published rule holds, and names the first that does not', async () => {
    const world = drawWorld({
      settings: 'data_end_date\n---\n2024-12-31',
      measure_scale: NATIONAL_SCALES,
      referral_record: `
        nhs      | referral_date | discharge_date | rejected_date | age_at_referral | team_type
        ---------+---------------+----------------+---------------+-----------------+----------
        rejected | 2024-01-01    |                | 2024-01-09    | 30              | A06
        early    | 2019-03-31    |                |               | 30              | A06
        ageless  | 2024-01-01    |                |               |                 | A06
        young    | 2024-01-01    |                |               | 17              | A06
        crisis   | 2024-01-01    |                |               | 18              | A02
        organic  | 2024-01-01    |                |               | 18              | A06
        once     | 2024-01-01    | 2024-06-01     |               | 18              |
        new      | 2024-07-05    |                |               | 18              | A06
        open     | 2024-07-04    |                |               | 18              | A06
        closed   | 2024-11-01    | 2024-12-31     |               | 18              | A16
        first    | 2019-04-01    |                |               | 18              |`,
      contact_record: contactsOf(
        ['new', 'open', 'closed', 'first', 'once'].flatMap((name) => [
          { name, date: '2024-12-01', mode: 'face_to_face' },
          { name, date: '2024-12-02', mode: name === 'once' ? 'email' : 'telephone' },
        ]),
      ),
      assessment_score: scoresOf([
        'rejected|2024-02-01',
        'early|2024-02-01',
        'ageless|2024-02-01',
        'young|2024-02-01',
        'crisis|2024-02-01',
        'organic|2024-02-01',
        'once|2024-02-01',
        'new|2024-12-01',
        'open|2024-12-01',
        'closed|2024-12-01',
        'first|2024-12-01',
      ]),
    })
    for (const referral of world.referral_record) {
      referral.primary_reason = referral.referral_record_id === 6 ? '08' : '01'
    }
    const expected = `
      referral_record_id | is_counted | not_counted_reason
      -------------------+------------+---------------------------
      2                  | 0          | referred_before_april_2019
      3                  | 0          | age_unknown
      4                  | 0          | under_18
      5                  | 0          | other_team_type
      6                  | 0          | organic_disorder
      7                  | 0          | under_two_direct_contacts
      8                  | 0          | open_under_180_days
      9                  | 1          |
      10                 | 1          |
      11                 | 1          |`
    expect(onlyDrawn(await modelOf(world, 'pairs_national'), expected)).toEqual(table(expected))
  })

  it('a rejected referral is not counted, and nor is one whose service sent no contacts', async () => {
    const world = drawWorld({
      measure_scale: NATIONAL_SCALES,
      referral_record: `
        nhs | referral_ref | referral_date | rejected_date
        ----+--------------+---------------+--------------
        ann | r1           | 2024-01-01    | 2024-02-01
        bob | r2           | 2024-01-01    |`,
      assessment_score: `
        referral_ref | assessed_date | measure_id | scale_id | score
        -------------+---------------+------------+----------+------
        r1           | 2024-01-20    | gbo        | goal_1   | 3
        r2           | 2024-01-20    | gbo        | goal_1   | 3`,
    })
    expect((await modelOf(world, 'pairs_national')).map((row) => row.not_counted_reason)).toEqual([
      'rejected',
      'contacts_not_supplied',
    ])
  })

  it('leaves out measures that the national rule does not count', async () => {
    expect(await pairOf('phq-9', 'total', [20, 10], 0)).toBeUndefined()
  })
})

const NATIONAL_SCALES = `
  measure_id | scale_id | national_change_points
  -----------+----------+-----------------------
  reqol-10   | total    | 5
  dialog     | item_1   | 1
  gbo        | goal_1   | 3
  phq-9      | total    |`

/** The pair that scores on following months (or on `days`) make: [baseline, follow-up]; undefined where there is no row. */
async function pairOf(measure: string, scale: string, scores: readonly number[], parity: 0 | 1, days?: string[]) {
  const rows = scores.map((score, nth) => {
    const day = days?.[nth] ?? `2024-0${nth + 2}-01`
    return `r1 | ${day} | ${measure} | ${scale} | ${score} | ${statusOf(measure, score)}`
  })
  const world = drawWorld({
    settings: `is_national_parity\n---\n${parity}`,
    measure_scale: NATIONAL_SCALES,
    referral_record: `
      nhs | referral_ref | referral_date
      ----+--------------+--------------
      ann | r1           | 2024-01-01`,
    assessment_score: `
      referral_ref | assessed_date | measure_id | scale_id | score | score_status
      -------------+---------------+------------+----------+-------+-------------
      ${rows.join('\n')}`,
  })
  const [row] = await modelOf(world, 'pairs_national')
  return row && [row.pre_score, row.post_score]
}

function statusOf(measure: string, score: number): string {
  if (measure !== 'dialog' || score < DIALOG_8) return 'scored'
  return score === DIALOG_8 ? 'sentinel' : 'invalid'
}

function contactsOf(contacts: { name: string; date: string; mode: string }[]): string {
  const rows = contacts.map(({ name, date, mode }) => `${name} | ${name === 'once' ? '2024-05-01' : date} | ${mode}`)
  return `nhs | contact_date | mode\n---\n${rows.join('\n')}`
}

function scoresOf(rows: string[]): string {
  return `nhs | assessed_date | measure_id | scale_id | score\n---\n${rows.map((row) => `${row} | gbo | goal_1 | 3`).join('\n')}`
}
