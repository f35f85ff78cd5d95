import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/disclosure/gate.ts'
import { isPolicyId, POLICY_IDS } from '../../src/disclosure/policy.ts'
import { say } from '../../src/disclosure/released.ts'

const hes = createGate('hes-7/5')
const internal = createGate('internal')

describe('a statistic that takes ten people', () => {
  it.each(
    `
    policy      | 4       | 8       | 9       | 10      | 12      | 13  | 15
    mhsds-5/5   | *       | too few | too few | too few | too few | 2.5 | 2.5
    hes-7/5     | *       | too few | too few | too few | too few | 2.5 | 2.5
    ten         | *       | *       | *       | 2.5     | 2.5     | 2.5 | 2.5
    internal    | too few | too few | too few | 2.5     | 2.5     | 2.5 | 2.5
  `
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([policy = '', ...shown], _, [heads = []]) => ({ policy, shown, counts: heads.slice(1).map(Number) }))
      .slice(1),
  )('under $policy never tells 8 people from 12 where both are shown as 10', ({ policy, shown, counts }) => {
    if (!isPolicyId(policy)) throw new Error('not a policy')
    const fewest = { n: 10, reason: say`too few` }
    const said = counts.map((n) => createGate(policy).statistic(n < 10 ? null : 2.5, { n, decimals: 1, fewest }))
    expect(said.map((it) => it.text)).toEqual(shown)
  })
})

describe('a count', () => {
  it.each(
    `
    policy         | 0 | 1 | 4 | 5  | 7  | 8  | 9  | 10 | 12 | 13 | 102
    mhsds-5/5      | * | * | * | 5  | 5  | 10 | 10 | 10 | 10 | 15 | 100
    hes-7/5        | 0 | * | * | *  | *  | 10 | 10 | 10 | 10 | 15 | 100
    opensafely-7/5 | * | * | * | *  | *  | 10 | 10 | 10 | 10 | 15 | 100
    ten            | * | * | * | *  | *  | *  | *  | 10 | 10 | 15 | 100
    internal       | 0 | 1 | 4 | 5  | 7  | 8  | 9  | 10 | 12 | 13 | 102
  `
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map((cells, _, [counts = []]) => ({
        policy: cells[0] as string,
        shown: cells.slice(1),
        counts: counts.slice(1).map(Number),
      }))
      .slice(1),
  )('under $policy is withheld or rounded as the policy says', ({ policy, shown, counts }) => {
    if (!isPolicyId(policy)) throw new Error('not a policy')
    expect(counts.map((n) => createGate(policy).count(n).text)).toEqual(shown)
  })

  it('of events by too few people is withheld, however many events there are', () => {
    expect(hes.count(41, { people: 3 }).text).toBe('*')
    expect(hes.count(41, { people: 8 }).text).toBe('40')
  })

  it('that was never supplied is absent with the reason, not zero', () => {
    const missing = hes.count(null, { reason: say`not supplied` })
    expect([missing.value, missing.text]).toEqual([null, 'not supplied'])
  })

  it('that is withheld has no value, and words for a sentence', () => {
    const few = hes.count(3)
    expect([few.value, few.text, few.words]).toEqual([null, '*', 'fewer than 8'])
    expect(say`${few} people came, ${hes.count(9)} stayed.`.text).toBe('Fewer than 8 people came, 10 stayed.')
  })

  it('is a whole number, zero or more', () => {
    for (const n of [-1, 2.5, Number.NaN]) expect(() => hes.count(n)).toThrow('whole number')
  })
})

describe('a statistic', () => {
  it('needs eight people, and says nothing about its value below that', () => {
    expect(hes.statistic(4.26, { n: 8, decimals: 1 }).text).toBe('4.3')
    expect(hes.statistic(4.26, { n: 7, decimals: 1 }).text).toBe('*')
    expect(hes.statistic(null, { n: 1, reason: say`one person has no spread` }).text).toBe('*')
    expect(hes.statistic(null, { n: 8, reason: say`no events` }).text).toBe('no events')
    expect(createGate('ten').statistic(4.26, { n: 9 }).text).toBe('*')
  })

  it('rounds halves away from zero and prints a true minus', () => {
    expect(hes.statistic(-2.675, { n: 20, decimals: 2 }).text).toBe('−2.68')
    expect(hes.statistic(-0.04, { n: 20, decimals: 1 }).text).toBe('0.0')
  })

  it('in pounds is rounded to the nearest £10, exact to the pound inside', () => {
    expect(hes.statistic(182_344.4, { n: 20, unit: 'gbp' }).text).toBe('£182,340')
    expect(hes.statistic(-7065, { n: 20, unit: 'gbp' }).text).toBe('−\u2060£7,070')
    expect(internal.statistic(182_344.4, { n: 1, unit: 'gbp' }).text).toBe('£182,344')
  })
})

describe('a derived number', () => {
  it('is computed from what was released, not from what was counted', () => {
    const events = hes.count(13)
    const years = hes.count(38)
    expect(hes.derive([events, years], (e, y) => e / y, { decimals: 3 }).value).toBe(0.375) // 15 / 40, not 13 / 38
    expect(hes.derive([hes.count(91), hes.count(13)], (a, b) => a + b).text).toBe('105') // as many decimals as it has
  })

  it('is withheld when a part is, and absent with the reason when a part is absent', () => {
    const add = (a: number, b: number) => a + b
    expect(hes.derive([hes.count(3), hes.count(40)], add).text).toBe('*')
    expect(hes.derive([hes.absent(say`no price`), hes.count(40)], add).text).toBe('no price')
    expect(hes.derive([hes.absent(say`no price`), hes.count(3)], add).text).toBe('*')
    expect(hes.derive([hes.count(0), hes.count(0)], (a, b) => a / b, { reason: say`nobody` }).text).toBe('nobody')
  })

  it.each([
    { part: 13, whole: 38, shown: '38%' }, // 15 of 40
    { part: 0, whole: 38, shown: '0%' },
    { part: 38, whole: 38, shown: '100%' },
    { part: 3, whole: 38, shown: '*' },
    { part: 8, whole: 17, shown: 'too few people for a percentage' },
    { part: 1234, whole: 4100, shown: '30.1%' },
  ])('$part of $whole is shown as $shown', ({ part, whole, shown }) => {
    expect(hes.percentage(hes.count(part), hes.count(whole)).text).toBe(shown)
  })
})

describe('a partition', () => {
  it('adds its total from released cells, a withheld one at the middle of its interval', () => {
    const { cells, total } = hes.partition({ improved: 42, unchanged: 31, worse: 7 })
    expect(Object.values(cells).map((cell) => cell.text)).toEqual(['40', '30', '*'])
    expect(total.text).toBe('75') // 40 + 30 + 4 = 74; the true total, 80, is never released
  })

  it('withholds a total that would itself be a small count', () => {
    expect(hes.partition({ yes: 5, no: 0 }).total.text).toBe('*')
    expect(hes.partition({ yes: 0, no: 0 }).total.text).toBe('0')
  })

  it('releases nested stages as totals of the groups between them', () => {
    const { eligible, baseline, paired } = hes.stages({ eligible: 60, baseline: 57, paired: 20 })
    // 3 stopped before a first score (withheld, so 4), 37 after it (35), 20 have both
    expect([eligible.text, baseline.text, paired.text]).toEqual(['60', '55', '20'])
    const split = hes.partition({ improved: 13, unchanged: 7 })
    expect(hes.stages({ eligible: 60, paired: 20 }, split).paired.text).toBe(split.total.text)
    expect(() => hes.stages({ eligible: 10, paired: 12 })).toThrow('nested')
  })
})

it('only the internal policy shows every number, and says so', () => {
  const shown = POLICY_IDS.filter((id) => createGate(id).count(3).is_shown)
  expect(shown).toEqual(['internal'])
  expect(internal.policy.words).toMatch(/^Contains small numbers, not for release/)
})
