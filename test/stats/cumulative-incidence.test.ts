import { describe, expect, it } from 'vitest'
import { type CumulativeIncidence, cumulativeIncidence } from '../../src/stats/cumulative-incidence.ts'
import { wilson } from '../../src/stats/proportion.ts'
import { onlyDrawn, table } from '../table.ts'
import { oracleFile } from './oracle-file.ts'

type Exit = 'secondary_care' | 'left' | 'died'
interface Expected extends Omit<CumulativeIncidence, 'n_at_risk'> {
  readonly at_risk: number
}
const oracle = oracleFile<{
  people: { days: number; exit: Exit | 'still_open' }[]
  competing: Expected[]
  single: Expected[]
}>('cumulative-incidence')

const timesOf = (isAlone: boolean) =>
  oracle.people.map(({ days, exit }) => ({
    days,
    event: exit === 'still_open' || (isAlone && exit !== 'secondary_care') ? null : exit,
  }))

describe('cumulative incidence with competing exits', () => {
  it.each([
    ['exits that compete', oracle.competing, timesOf(false)],
    ['one kind of exit, where it is Kaplan and Meier’s with Greenwood’s error', oracle.single, timesOf(true)],
  ])('agrees with R: %s', (_, expected, people) => {
    const found = cumulativeIncidence(
      people,
      'secondary_care',
      expected.map((it) => it.day),
    )
    for (const [at, it] of expected.entries()) {
      expect(found[at]?.incidence).toBeCloseTo(it.incidence as number, 10)
      expect(found[at]?.se).toBeCloseTo(it.se as number, 10)
      expect(found[at]?.lower).toBeCloseTo(it.lower as number, 7)
      expect(found[at]?.upper).toBeCloseTo(it.upper as number, 7)
      expect(found[at]?.n_at_risk).toBe(it.at_risk)
    }
  })

  it('everyone followed to an exit: the plain share; 1 less Kaplan and Meier would say more, as it lets those who left go on', () => {
    const people = [
      ...Array.from({ length: 5 }, (_, i) => ({ days: 10 + i, event: 'left' as const })),
      ...Array.from({ length: 5 }, (_, i) => ({ days: 20 + i, event: 'secondary_care' as const })),
    ]
    const [end] = cumulativeIncidence<Exit>(people, 'secondary_care', [365])
    expect(end?.incidence).toBeCloseTo(wilson(5, 10)?.p as number, 12)
    const [alone] = cumulativeIncidence<Exit>(
      people.map((it) => (it.event === 'left' ? { ...it, event: null } : it)),
      'secondary_care',
      [365],
    )
    expect(alone?.incidence).toBe(1)
  })

  it('people still open count for as long as they were seen, on the day of another’s exit too; nobody’s exit is 0, not missing', () => {
    const people = table(`
      days | event
      -----+---------------
      10   | secondary_care
      10   |
      30   | left
      50   |`) as unknown as { days: number; event: Exit | null }[]
    const expected = `
      day | incidence | n_at_risk
      ----+-----------+----------
      9   | 0         | 4
      10  | 0.25      | 4
      40  | 0.25      | 1
      51  |           | 0`
    expect(onlyDrawn(cumulativeIncidence<Exit>(people, 'secondary_care', [9, 10, 40, 51]), expected)).toEqual(
      table(expected),
    )
    expect(cumulativeIncidence<Exit>([], 'left', [90])).toEqual([
      { day: 90, incidence: null, se: null, lower: null, upper: null, n_at_risk: 0 },
    ])
  })

  it('the shares of all exits and of those not out add up to everyone, on any day', () => {
    const people = timesOf(false)
    for (const day of [30, 91, 182, 365]) {
      const of = (event: Exit) => cumulativeIncidence(people, event, [day])[0]?.incidence as number
      const any = cumulativeIncidence(
        people.map((it) => ({ ...it, event: it.event === null ? null : ('out' as const) })),
        'out',
        [day],
      )[0]?.incidence as number
      expect(of('secondary_care') + of('left') + of('died')).toBeCloseTo(any, 12)
    }
  })
})
