import { describe, expect, it } from 'vitest'
import { type NationalRow, nationalSummary } from '../../src/change/national-summary.ts'
import { dialog } from '../../src/measures/dialog.ts'
import type { Scale } from '../../src/measures/measure.ts'
import { reqol10 } from '../../src/measures/reqol-10.ts'
import { table } from '../table.ts'

const reqol = reqol10.scales[0] as Scale

const rows = (drawing: string) => table(drawing).map((row) => ({ is_parity: 0, ...row })) as unknown as NationalRow[]

describe('the national rule for ReQoL-10: five points, and 25 for recovery', () => {
  const result = nationalSummary(
    'reqol-10',
    reqol,
    rows(`
      is_counted | not_counted_reason  | pre_score | post_score
      -----------+---------------------+-----------+-----------
      1          |                     | 20        | 25
      1          |                     | 20        | 24
      1          |                     | 10        | 15
      1          |                     | 30        | 36
      1          |                     | 30        | 25
      1          |                     | 25        | 25
      1          |                     | 12        |
      0          | age_unknown         | 10        | 30
      0          | too_few_contacts    | 10        | 30
      0          | too_few_contacts    | 10        |
    `),
  )

  it('counts only paired referrals; a change that does not exist is none of the three', () => {
    expect(result).toMatchObject({
      n_referrals: 10,
      n_counted: 7,
      n_paired: 6,
      improved: { count: 3, n: 6 },
      no_change: { count: 2, n: 6 },
      deteriorated: { count: 1, n: 6 },
    })
  })

  it('counts reliable recovery out of paired referrals that started below 25', () => {
    expect(result.recovery).toMatchObject({ n_case_at_start: 3, reliably_recovered: { count: 1, n: 3 } })
  })

  it('says why the others are not counted', () => {
    expect(result.not_counted).toEqual([
      { reason: 'too_few_contacts', n: 2 },
      { reason: 'age_unknown', n: 1 },
    ])
  })
})

it('a DIALOG item moves by one point, and has no recovery', () => {
  const item = dialog.scales.find((it) => it.national_change_points === 1) as Scale
  const result = nationalSummary(
    'dialog',
    item,
    rows('is_counted | pre_score | post_score\n-+-+-\n1 | 3 | 4\n1 | 3 | 3'),
  )
  expect(result).toMatchObject({ change_points: 1, improved: { count: 1 }, no_change: { count: 1 }, recovery: null })
})

it('a scale outside the national rule is not given national counts', () => {
  expect(() => nationalSummary('x', { ...reqol, national_change_points: null }, [])).toThrow('not in the national rule')
})
