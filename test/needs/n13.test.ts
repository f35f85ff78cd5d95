import { expect, it } from 'vitest'
import { alike, type CarePerson, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

/** One person for each way in which the two rules part, and one whom both count. All left on 1 October 2024. */
const PEOPLE: CarePerson[] = [
  ...alike(1, 'both', { left: '2024-10-01' }),
  ...alike(1, 'young', { left: '2024-10-01', born: '2006-06-15' }),
  ...alike(1, 'once', { left: '2024-10-01', contacts: ['Therapist'] }),
  ...alike(1, 'open', { referred: '2024-12-01', contacts: [], scores: [] }),
  {
    ...(alike(1, 'new')[0] as CarePerson),
    referred: '2024-12-01',
    scores: later([
      [340, 15],
      [400, 20],
    ]),
    contacts: [],
  },
  {
    ...(alike(1, 'close', { left: '2024-10-01' })[0] as CarePerson),
    scores: later([
      [10, 15],
      [17, 20],
    ]),
  },
  {
    ...(alike(1, 'clash', { left: '2024-10-01' })[0] as CarePerson),
    scores: later([
      [10, 15],
      [150, 20],
      [150, 30],
    ]),
  },
]

function later(scores: readonly (readonly [number, number])[]): NonNullable<CarePerson['scores']> {
  return scores.map(([day, score]) => [day, 'reqol-10', score])
}

it('N13: everyone whom the own rule or NHS England’s counts is in one row, by one reason, and the rows add up', async () => {
  const analysis = await analysisOf(careSettings(), careExports(PEOPLE))
  const [outcome] = serviceOf(analysis, 'team').outcomes
  expect(outcome?.rules).toEqual({
    n_same_scores: 1,
    n_other_scores: 0,
    own_only: [
      { reason: 'under_18', n: 1 },
      { reason: 'under_two_direct_contacts', n: 2 },
    ],
    national_only: [
      { reason: 'scores_set_aside', n: 1 },
      { reason: 'scores_too_close', n: 1 },
    ],
    n_own_pairs: 4,
    n_national_pairs: 3,
  })
  expect(outcome?.summary.funnel.n_paired).toBe(4)
  expect(outcome?.national?.n_paired).toBe(3)
  const rows = tableOf(reportsOf(analysis)[0], 'own-and-national-reqol-10-total')
  const sum = (column: number) => rows.slice(0, -1).reduce((total, row) => total + (Number(row[column]) || 0), 0)
  expect(rows.at(-1)).toEqual(['All', String(sum(1)), String(sum(2))])
  expect([sum(1), sum(2)]).toEqual([4, 3])
})

it('N13: two scores of one day, 20 and 25, improve by the published query alone, and the report says which rule is followed', async () => {
  const people = alike(1, 'p', {
    left: '2024-10-01',
    scores: later([
      [10, 20],
      [10, 25],
    ]),
  })
  const found = async (parity: boolean) => {
    const analysis = await analysisOf(careSettings(`rules: { national_parity: ${parity} }`), careExports(people))
    return serviceOf(analysis, 'team').outcomes[0]?.national
  }
  expect(await found(false)).toMatchObject({ is_parity: false, n_paired: 0, improved: { count: 0 } })
  expect(await found(true)).toMatchObject({ is_parity: true, n_paired: 1, improved: { count: 1 } })
})
