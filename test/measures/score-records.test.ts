import { describe, expect, it } from 'vitest'
import type { AssessmentRecordRow, AssessmentScoreRow, ScoreFlag } from '../../src/measures/assessment-rows.ts'
import { type ScoreRecordsOptions, scoreRecords } from '../../src/measures/score-records.ts'
import { onlyDrawn, table } from '../table.ts'

/** Records of one person's referral R1 in one service, unless the drawing says otherwise. Answers are drawn with spaces. */
function records(drawing: string): AssessmentRecordRow[] {
  const plain = {
    nhs_identity_key: 1,
    local_identity_key: null,
    referral_ref: 'R1',
    service_code: 'oats',
    team: null,
    assessed_day: 19000,
    coding: 'scored',
    items: null,
    supplied_scale: null,
    supplied_score: null,
  }
  return table(drawing).map((row) => {
    const items = typeof row.items === 'string' ? row.items.replaceAll(' ', ',').replaceAll('_', '') : null
    const assessed_date = `day ${row.assessed_day ?? plain.assessed_day}`
    return { ...plain, assessed_date, ...row, items } as unknown as AssessmentRecordRow
  })
}

function scored(
  drawing: string,
  options: ScoreRecordsOptions = {},
): { rows: AssessmentScoreRow[]; flags: ScoreFlag[] } {
  const forms = [...scoreRecords(records(drawing), options)]
  return { rows: forms.flatMap(({ rows }) => rows), flags: forms.flatMap(({ flags }) => flags) }
}

function expectRows(rows: readonly AssessmentScoreRow[], drawing: string): void {
  expect(onlyDrawn(rows, drawing)).toEqual(table(drawing))
}

describe('a form with its items', () => {
  it('gives every scale of the measure, and the diagnosis as a word', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | items
      --------------+------------+-------------------------------------
      1             | itq        | 2 0 2 0 2 0 2 0 0 0 0 0 0 0 0 0 0 0
      2             | itq        | _ 1 2 0 2 0 2 0 0 0 0 0 0 0 0 0 0 0
    `)
    expectRows(
      rows,
      `
      assessment_id | scale_id  | score | category | score_status     | n_answered | n_expected | method
      --------------+-----------+-------+----------+------------------+------------+------------+-------
      1             | ptsd      | 6     |          | scored           | 6          | 6          | items
      1             | dso       | 0     |          | scored           | 6          | 6          | items
      1             | total     | 6     |          | scored           | 12         | 12         | items
      1             | diagnosis |       | PTSD     | scored           | 18         | 18         | items
      2             | ptsd      |       |          | too_many_missing | 5          | 6          |
      2             | dso       | 0     |          | scored           | 6          | 6          | items
      2             | total     |       |          | too_many_missing | 11         | 12         |
      2             | diagnosis |       |          | undecided        | 17         | 18         |
    `,
    )
    expect(flags).toEqual([])
  })

  it('is scored by the coding its feed declares', () => {
    const { rows } = scored(`
      assessment_id | measure_id | coding | items
      --------------+------------+--------+--------------------
      1             | reqol-10   | scored | 4 4 4 4 4 4 4 4 4 4
      2             | reqol-10   | raw    | 4 4 4 4 4 4 4 4 4 4
    `)
    expect(rows.map(({ score }) => score)).toEqual([40, 24])
  })

  it('keeps the total worked out from the items where the one supplied disagrees, and flags it', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | items               | supplied_score
      --------------+------------+---------------------+---------------
      1             | gad-7      | 1 1 1 1 1 1 1       | 7
      2             | gad-7      | 1 1 1 1 1 1 1       | 8
      3             | gad-7      | 1 1 1 1 1 1 _       | 6
      4             | core-10    | 2 2 2 _ 2 2 2 2 1 1 | 17.8
    `)
    expectRows(
      rows,
      `
      assessment_id | score              | score_status     | method
      --------------+--------------------+------------------+---------------
      1             | 7                  | scored           | items
      2             | 7                  | scored           | items
      3             |                    | too_many_missing |
      4             | 17.77777777777778  | scored           | items_prorated
    `,
    )
    expect(flags).toEqual([
      { assessment_id: 2, code: 'total_disagrees', scale_id: 'total' },
      { assessment_id: 3, code: 'total_not_checked', scale_id: 'total' },
    ])
  })

  it('with an answer off the range is invalid in every scale, and flagged', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | items
      --------------+------------+----------------------
      1             | dialog     | 0 4 4 4 4 4 4 4 4 4 4
    `)
    expect(new Set(rows.map(({ score_status }) => score_status))).toEqual(new Set(['invalid']))
    expect(rows.map(({ score }) => score)).toEqual(rows.map(() => null))
    expect(flags).toEqual([{ assessment_id: 1, code: 'answers_invalid', scale_id: null }])
  })

  it('keeps a DIALOG 8 for the national rule only, and no row for an item left blank', () => {
    const { rows } = scored(`
      assessment_id | measure_id | items
      --------------+------------+----------------------
      1             | dialog     | 8 4 4 4 4 4 4 4 _ _ _
    `)
    expectRows(
      rows.filter(({ scale_id }) =>
        ['sqol', 'treatment_satisfaction', 'item_1', 'item_2', 'item_9'].includes(scale_id),
      ),
      `
      scale_id               | score | score_status     | n_answered | n_expected | method
      -----------------------+-------+------------------+------------+------------+-------
      sqol                   |       | too_many_missing | 7          | 8          |
      treatment_satisfaction |       | too_many_missing | 0          | 3          |
      item_1                 | 8     | sentinel         | 0          | 1          |
      item_2                 | 4     | scored           | 1          | 1          | items
    `,
    )
  })

  it('may be scored with the wider missing rules where a project asks for them', () => {
    const dialog = `
      assessment_id | measure_id | items
      --------------+------------+----------------------
      1             | dialog     | 8 4 4 4 4 4 4 4 5 5 5
    `
    expect(scored(dialog, { missing: 'permissive' }).rows[0]).toMatchObject({
      score: 4,
      method: 'items_available_case',
    })
  })
})

describe('a score that came without items', () => {
  it('is taken where it fits the scale, invalid where it does not', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | assessed_day | supplied_scale | supplied_score
      --------------+------------+--------------+----------------+---------------
      1             | reqol-10   | 1            | total          | 24.5
      2             | reqol-10   | 2            | total          | 40
      3             | reqol-10   | 3            | total          | 41
      4             | reqol-10   | 4            |                | 0
      5             | reqol-10   | 5            | sqol           | 5
    `)
    expectRows(
      rows,
      `
      assessment_id | scale_id | score | score_status | method   | n_answered | n_expected
      --------------+----------+-------+--------------+----------+------------+-----------
      1             | total    | 24.5  | scored       | supplied | 1          | 1
      2             | total    | 40    | scored       | supplied | 1          | 1
      3             | total    |       | invalid      |          | 0          | 1
      4             | total    | 0     | scored       | supplied | 1          | 1
    `,
    )
    expect(flags).toEqual([
      { assessment_id: 3, code: 'score_out_of_range', scale_id: 'total' },
      { assessment_id: 5, code: 'unknown_scale', scale_id: 'sqol' },
    ])
  })

  it('of blank items counts as the score alone', () => {
    const { rows } = scored(`
      assessment_id | measure_id | items         | supplied_score
      --------------+------------+---------------+---------------
      1             | gad-7      | _ _ _ _ _ _ _ | 12
    `)
    expectRows(
      rows,
      `
      assessment_id | score | method
      --------------+-------+---------
      1             | 12    | supplied
    `,
    )
  })

  it('sent twice for one day and referral is one score', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score
      --------------+------------+----------------+---------------
      1             | reqol-10   | total          | 20
      2             | reqol-10   | total          | 20
      3             | reqol-10   | total          | 21
    `)
    expect(rows.map(({ assessment_id }) => assessment_id)).toEqual([1, 3])
    expect(flags).toEqual([{ assessment_id: 2, code: 'repeated_score', scale_id: 'total' }])
  })
})

describe('items that came one by one', () => {
  const eight = Array.from({ length: 8 }, (_, index) => `${index + 1} | dialog | item_${index + 1} | 4`).join('\n')

  it('of one day make one form, under the first record, with the means they allow', () => {
    const { rows } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score
      --------------+------------+----------------+---------------
      ${eight}
    `)
    expect(new Set(rows.map(({ assessment_id }) => assessment_id))).toEqual(new Set([1]))
    expectRows(
      rows.slice(7),
      `
      scale_id | score | score_status | n_answered | method
      ---------+-------+--------------+------------+---------
      item_8   | 4     | scored       | 1          | supplied
      sqol     | 4     | scored       | 8          | items
    `,
    )
  })

  it('a second value of an item starts a second form, which takes the later items', () => {
    const { rows } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score
      --------------+------------+----------------+---------------
      1             | gbo        | goal_1         | 2
      2             | gbo        | goal_2         | 4
      3             | gbo        | goal_1         | 7
      4             | gbo        | goal_2         | 9
    `)
    expectRows(
      rows,
      `
      assessment_id | scale_id   | score | method            | basis
      --------------+------------+-------+-------------------+------------
      1             | goal_1     | 2     | supplied          | whole_scale
      1             | goal_2     | 4     | supplied          | whole_scale
      1             | goals_mean | 3     | items_goal1+goal2 | goal1+goal2
      3             | goal_1     | 7     | supplied          | whole_scale
      3             | goal_2     | 9     | supplied          | whole_scale
      3             | goals_mean | 8     | items_goal1+goal2 | goal1+goal2
    `,
    )
  })

  it('a score says what it counts: the whole scale, some goals of three, or goals that nobody named', () => {
    const { rows } = scored(`
      assessment_id | measure_id | items     | supplied_scale | supplied_score
      --------------+------------+-----------+----------------+---------------
      1             | gbo        | 2 4 6     |                |
      2             | gbo        | 2 _ 6     |                |
      3             | gbo        |           | goals_mean     | 4
      4             | wsas       | 9 3 3 3 3 |                |
      5             | wsas       |           |                | 12
      6             | wsas       | 3 3 _ 3 3 |                |
    `)
    expectRows(
      rows.filter(({ scale_id }) => ['goals_mean', 'total'].includes(scale_id)),
      `
      assessment_id | scale_id   | score | basis
      --------------+------------+-------+------------------------
      1             | goals_mean | 4     | whole_scale
      2             | goals_mean | 4     | goal1+goal3
      3             | goals_mean | 4     | not_stated
      4             | total      | 12    | item2+item3+item4+item5
      5             | total      | 12    | whole_scale
      6             | total      |       |
    `,
    )
  })

  it.each([
    ['person', 'nhs_identity_key', '1', '2'],
    ['referral', 'referral_ref', 'R1', 'R2'],
    ['service', 'service_code', 'oats', 'cmht'],
    ['day', 'assessed_day', '10', '11'],
  ])('of another %s never join', (_, column, first, second) => {
    const { rows } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score | ${column}
      --------------+------------+----------------+----------------+---------
      1             | gbo        | goal_1         | 2              | ${first}
      2             | gbo        | goal_2         | 4              | ${second}
    `)
    expect(rows.filter(({ scale_id }) => scale_id === 'goals_mean').map(({ score }) => score)).toEqual([2, 4])
  })

  it('an item off the range is invalid and spoils its mean, not its neighbours; an 8 is kept apart', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score
      --------------+------------+----------------+---------------
      1             | dialog     | item_1         | 9
      2             | dialog     | item_2         | 8
      3             | dialog     | item_9         | 5
      4             | dialog     | item_10        | 6
      5             | dialog     | item_11        | 7
    `)
    expectRows(
      rows,
      `
      scale_id               | score | score_status
      -----------------------+-------+-------------
      item_1                 |       | invalid
      item_2                 | 8     | sentinel
      item_9                 | 5     | scored
      item_10                | 6     | scored
      item_11                | 7     | scored
      sqol                   |       | invalid
      treatment_satisfaction | 6     | scored
    `,
    )
    expect(flags).toEqual([{ assessment_id: 1, code: 'score_out_of_range', scale_id: 'item_1' }])
  })

  it('a goal of 4.5, which the national format lets through, is kept and flagged', () => {
    const { rows, flags } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score
      --------------+------------+----------------+---------------
      1             | gbo        | goal_1         | 4.5
    `)
    expect(rows[0]).toMatchObject({ score: 4.5, score_status: 'scored' })
    expect(flags).toEqual([{ assessment_id: 1, code: 'not_a_whole_score', scale_id: 'goal_1' }])
  })

  it('WSAS items make its total, of four where work does not apply', () => {
    const { rows } = scored(`
      assessment_id | measure_id | supplied_scale | supplied_score
      --------------+------------+----------------+---------------
      1             | wsas       | item_1         | 9
      2             | wsas       | item_2         | 3
      3             | wsas       | item_3         | 3
      4             | wsas       | item_4         | 3
      5             | wsas       | item_5         | 3
    `)
    expectRows(
      rows.filter(({ scale_id }) => scale_id === 'total' || scale_id === 'item_1'),
      `
      scale_id | score | score_status | n_expected | method                        | basis
      ---------+-------+--------------+------------+-------------------------------+------------------------
      item_1   | 9     | sentinel     | 1          |                               |
      total    | 12    | scored       | 4          | items_not_applicable_left_out | item2+item3+item4+item5
    `,
    )
  })
})

it('a measure that is not in the registry is a fault of the program, not a silent gap', () => {
  const drawing = `
    assessment_id | measure_id | supplied_score
    --------------+------------+---------------
    1             | phq-15     | 3
  `
  expect(() => scored(drawing)).toThrow('phq-15')
})
