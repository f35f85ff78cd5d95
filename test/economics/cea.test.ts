import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustedIncrements } from '../../src/economics/cea/adjusted-increment.ts'
import { analyseCea } from '../../src/economics/cea/analyse-cea.ts'
import { bootstrapPeople, sortPeople } from '../../src/economics/cea/bootstrap-people.ts'
import { comparePairs } from '../../src/economics/cea/compare-pair.ts'
import { type DecisionAt, decisionsAt } from '../../src/economics/cea/decision-at.ts'
import { costEffectivenessFrontier } from '../../src/economics/cea/frontier.ts'
import { alignDraws, type CeaRow, meanOf, type StrategyDraws } from '../../src/economics/cea/strategy-draws.ts'
import { createRandom } from '../../src/stats/random.ts'
import { expectClose } from '../stats/oracle.ts'
import { oracleFile } from '../stats/oracle-file.ts'
import { table } from '../table.ts'

type Numbers = Record<string, number>
interface CeaOracle {
  draws: Record<string, { cost: number[]; effect: number[] }>
  means: { name: string; cost: number; effect: number }[]
  decisions: ({ wtp: number; best: string; ceaf: number; evpi: number } & Record<
    'nmb' | 'eib' | 'eib_low' | 'eib_high' | 'ceac' | 'p_best' | 'expected_loss',
    Numbers
  >)[]
  people: { group: 0 | 1; baseline: number; effect: number }[]
  adjusted: { estimate: number; low: number; high: number; raw: number }
  pairs: (Numbers & { comparator: string; fieller: [number, number] | null })[]
}

const oracle = oracleFile<CeaOracle>('cea')
const model = drawsOf(
  Object.entries(oracle.draws).flatMap(([strategy, { cost, effect }]) =>
    cost.map((pounds, draw) => ({ strategy, draw: String(draw), cost: pounds, effect: effect[draw] as number })),
  ),
)

describe('against R, draws of a model', () => {
  it.each(oracle.decisions)('at £$wtp for a unit of effect', (expected) => {
    const [found] = decisionsAt(model, [expected.wtp]) as [DecisionAt]
    for (const name of ['nmb', 'eib', 'ceac', 'p_best', 'expected_loss'] as const) {
      for (const [strategy, value] of Object.entries(expected[name]))
        expectClose(found[name][strategy] as number, value)
    }
    for (const [strategy, low] of Object.entries(expected.eib_low)) expectClose(found.eib_ci95[strategy]?.[0], low)
    for (const [strategy, high] of Object.entries(expected.eib_high)) expectClose(found.eib_ci95[strategy]?.[1], high)
    expect(found.best).toBe(expected.best)
    expectClose(found.ceaf, expected.ceaf)
    expectClose(found.evpi, expected.evpi)
  })

  it.each(oracle.pairs)(
    '$comparator against usual care: differences, ratio, quadrants and Fieller’s interval',
    (it) => {
      const found = comparePairs(model).find((pair) => pair.comparator === it.comparator)
      expectClose(found?.delta_cost, it.delta_cost as number)
      expectClose(found?.delta_effect, it.delta_effect as number)
      expectClose(found?.icer, it.icer as number)
      expectClose(found?.delta_cost_ci95?.[0], it.cost_low as number)
      expectClose(found?.delta_cost_ci95?.[1], it.cost_high as number)
      expectClose(found?.delta_effect_ci95?.[0], it.effect_low as number)
      expectClose(found?.delta_effect_ci95?.[1], it.effect_high as number)
      expectClose(found?.quadrant_shares.NE, it.ne as number)
      expectClose(found?.quadrant_shares.SE, it.se as number)
      const fieller = it.fieller?.length === 2 ? it.fieller : null
      expect(found?.icer_fieller.ci95 === null).toBe(fieller === null)
      if (fieller !== null) {
        expectClose(found?.icer_fieller.ci95?.[0], fieller[0])
        expectClose(found?.icer_fieller.ci95?.[1], fieller[1])
      }
    },
  )
})

describe('people of two groups who did not begin alike', () => {
  const people = oracle.people.map(({ group, baseline, effect }, nth) => ({
    strategy: group === 1 ? 'new' : 'usual',
    draw: `p${nth}`,
    cost: 0,
    effect,
    baseline,
  }))

  it('R: the difference in QALYs had they begun alike is smaller than as it stands', () => {
    const [found] = adjustedIncrements(people, ['usual', 'new'])
    expectClose(found?.delta_effect, oracle.adjusted.estimate)
    expectClose(found?.ci95?.[0], oracle.adjusted.low)
    expectClose(found?.ci95?.[1], oracle.adjusted.high)
    expect(Math.abs(oracle.adjusted.raw)).toBeGreaterThan(Math.abs(found?.delta_effect ?? 0))
  })

  it('people without a baseline are counted out; below 20 nothing is adjusted', () => {
    const some = people.map((it, nth) => (nth % 4 === 0 ? { ...it, baseline: null } : it))
    expect(adjustedIncrements(some, ['usual', 'new'])[0]).toMatchObject({ n: 48, n_without_baseline: 16, reason: null })
    const few = people.map((it, nth) => (nth < 45 ? { ...it, baseline: null } : it))
    expect(adjustedIncrements(few, ['usual', 'new'])[0]).toMatchObject({
      delta_effect: null,
      reason: 'fewer_than_20_people',
    })
  })

  it('everyone beginning alike leaves nothing to adjust by', () => {
    const alike = people.map((it) => ({ ...it, baseline: 0.5 }))
    expect(adjustedIncrements(alike, ['usual', 'new'])[0]?.reason).toBe('not_estimable')
  })
})

describe('cases worked by hand', () => {
  it('two people an arm: 100 dearer and half a unit better is 200 for a unit', () => {
    const draws = drawsOf(rows('control', [100, 1], [120, 1.2]).concat(rows('treatment', [200, 1.5], [220, 1.7])))
    const [pair] = comparePairs(draws)
    expect(pair?.delta_cost).toBeCloseTo(100, 10)
    expect(pair?.delta_effect).toBeCloseTo(0.5, 10)
    expect(pair?.icer).toBeCloseTo(200, 10)
  })

  it('worth it in none, a third and two thirds of the draws; a draw that ties is not worth it', () => {
    const draws = drawsOf(
      rows('usual', [0, 0], [0, 0], [0, 0]).concat(rows('new', [100, 0.01], [100, 0.02], [100, -0.01])),
    )
    const found = decisionsAt(draws, [0, 10_000, 20_000])
    expect(found.map((it) => it.ceac.new)).toEqual([0, 1 / 3, 2 / 3])
    // at 10,000 the first draw ties: half of it to each
    expect(found.map((it) => it.p_best.new)).toEqual([0, 1 / 3 + 1 / 6, 2 / 3])
  })

  it('incremental benefit is k × effect − cost, draw by draw', () => {
    const draws = drawsOf(rows('usual', [0, 0], [0, 0]).concat(rows('new', [100, 1], [10, -2])))
    expect(decisionsAt(draws, [5, 10]).map((it) => it.eib.new)).toEqual([(-95 - 20) / 2, (-90 - 30) / 2])
  })

  it.each(
    table(`
    cost  | effect | quadrant | icer | reason
    ------+--------+----------+------+-------------------------
    100   | 2      | NE       | 50   |
    -100  | 2      | SE       |      | comparator_dominates
    -100  | -2     | SW       | 50   |
    100   | -2     | NW       |      | comparator_is_dominated
    100   | 0      | axis     |      | no_difference_in_effect
    0     | 2      | axis     |      | comparator_dominates
    0     | -2     | axis     |      | comparator_is_dominated
  `),
  )('cost $cost, effect $effect: $quadrant, ratio $icer', ({ cost, effect, quadrant, icer, reason }) => {
    const draws = drawsOf(rows('usual', [0, 0]).concat(rows('new', [cost as number, effect as number])))
    const [pair] = comparePairs(draws)
    expect({ quadrant: pair?.quadrant, icer: pair?.icer, reason: pair?.icer_reason }).toEqual({
      quadrant,
      icer,
      reason,
    })
  })

  it('orders strategies by cost, and drops whoever costs more and does no more, then whoever a mix beats', () => {
    const points = table(`
      name | mean_cost | mean_effect | status | icer
      -----+-----------+-------------+--------+------
      a    | 100       | 1           | ND     |
      b    | 200       | 2           | ND     | 100
      c    | 350       | 2.5         | ED     |
      d    | 400       | 2.4         | D      |
      e    | 450       | 4           | ND     | 125
      f    | 450       | 3.9         | D      |
      g    | 450       | 4           | D      |
    `)
    const given = points.map(({ name, mean_cost, mean_effect }) => ({ name, mean_cost, mean_effect })) as never[]
    expect(costEffectivenessFrontier(given)).toEqual(points.toSorted((x, y) => order(x) - order(y)))
  })

  it('the strategy that is most often best need not be the one to choose', () => {
    const draws = drawsOf(rows('usual', [0, 0], [0, 0], [0, 0]).concat(rows('new', [10, 0], [10, 0], [-90, 0])))
    const [at] = decisionsAt(draws, [20_000]) as [DecisionAt]
    expect(at.best).toBe('new')
    expect(at.p_best).toEqual({ usual: 2 / 3, new: 1 / 3 })
    expect(at.ceaf).toBe(1 / 3)
  })
})

describe('identities', () => {
  const draw = fc.record({
    cost: fc.integer({ min: -5000, max: 5000 }),
    effect: fc.integer({ min: -2000, max: 2000 }).map((it) => it / 1000),
  })
  const anyDraws = fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 25 }))
    .chain(([nStrategies, nDraws]) =>
      fc.array(fc.array(draw, { minLength: nDraws, maxLength: nDraws }), {
        minLength: nStrategies,
        maxLength: nStrategies,
      }),
    )
    .map((strategies) =>
      drawsOf(strategies.flatMap((own, nth) => own.map((it, at) => ({ strategy: `s${nth}`, draw: `${at}`, ...it })))),
    )
  const wtp = fc.integer({ min: 0, max: 50_000 })

  it('perfect information is never worth less than nothing, and is the least expected loss', () => {
    fc.assert(
      fc.property(anyDraws, wtp, (draws, k) => {
        const [at] = decisionsAt(draws, [k]) as [DecisionAt]
        const most = (draws.costs[0] as Float64Array).map((_, d) =>
          Math.max(...draws.names.map((_, s) => k * at3(draws.effects, s, d) - at3(draws.costs, s, d))),
        )
        expect(at.evpi).toBeGreaterThanOrEqual(0)
        expect(at.evpi).toBeCloseTo(Math.min(...Object.values(at.expected_loss)), 6)
        expect(at.evpi).toBeCloseTo(meanOf(most) - Math.max(...Object.values(at.nmb)), 6)
      }),
    )
  })

  it('the chances of being best add up to one, and the frontier is never above the highest of them', () => {
    fc.assert(
      fc.property(anyDraws, wtp, (draws, k) => {
        const [at] = decisionsAt(draws, [k]) as [DecisionAt]
        const chances = Object.values(at.p_best)
        expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10)
        expect(at.ceaf).toBeLessThanOrEqual(Math.max(...chances))
      }),
    )
  })

  it('valued at its own ratio, a comparator is worth exactly as much as the reference', () => {
    fc.assert(
      fc.property(anyDraws, (draws) => {
        for (const { comparator, icer } of comparePairs(draws)) {
          if (icer !== null) expect(decisionsAt(draws, [icer])[0]?.eib[comparator]).toBeCloseTo(0, 5)
        }
      }),
    )
  })

  it('seen from the other side, every difference changes its sign and nothing else', () => {
    fc.assert(
      fc.property(anyDraws, wtp, (draws, k) => {
        const swapped = { ...draws }
        for (const part of ['names', 'costs', 'effects', 'mean_costs', 'mean_effects'] as const)
          Object.assign(swapped, { [part]: [draws[part][1], draws[part][0], ...draws[part].slice(2)] })
        const [one, other] = [comparePairs(draws)[0], comparePairs(swapped)[0]]
        expect(other?.delta_cost).toBeCloseTo(-(one?.delta_cost as number), 8)
        expect(other?.delta_effect).toBeCloseTo(-(one?.delta_effect as number), 8)
        expect(decisionsAt(swapped, [k])[0]?.eib.s0).toBeCloseTo(-(decisionsAt(draws, [k])[0]?.eib.s1 as number), 6)
        expect(other?.quadrant_shares.NE).toBe(one?.quadrant_shares.SW)
      }),
    )
  })

  it('net benefit rises with the value of a unit by the effect, from minus the cost', () => {
    fc.assert(
      fc.property(anyDraws, wtp, (draws, k) => {
        const [pair] = comparePairs(draws)
        const expected = k * (pair?.delta_effect as number) - (pair?.delta_cost as number)
        expect(decisionsAt(draws, [k])[0]?.eib.s1).toBeCloseTo(expected, 5)
      }),
    )
  })

  it('where the choice changes, it is between neighbours on the frontier, and both are worth the same', () => {
    fc.assert(
      fc.property(anyDraws, (draws) => {
        for (const { wtp: k, from, to } of analyseCea(draws).switching_values) {
          const [at] = decisionsAt(draws, [k]) as [DecisionAt]
          expect(at.nmb[from]).toBeCloseTo(at.nmb[to] as number, 5)
          if (k >= 0) expect(Math.max(...Object.values(at.nmb))).toBeCloseTo(at.nmb[to] as number, 4)
        }
      }),
    )
  })
})

describe('people', () => {
  it('before and after of one person stay together: where everyone changes alike, nothing is in doubt', () => {
    const people = Array.from({ length: 12 }, (_, nth) => ({ draw: `p${nth}`, cost: 1000 * nth, effect: nth / 20 }))
    const given = [
      ...people.map((it) => ({ strategy: 'before', ...it })),
      ...people.map((it) => ({ strategy: 'after', ...it, cost: it.cost - 300, effect: it.effect + 0.1 })).toReversed(),
    ]
    const sorted = sortPeople(given, null)
    if (!('people' in sorted)) throw new Error('refused')
    expect(sorted.people.design).toBe('paired')
    const draws = bootstrapPeople(sorted.people, { replicates: 300, random: createRandom('x') })
    const [pair] = comparePairs(draws)
    expect(pair?.delta_cost_ci95?.map((it) => Math.round(it))).toEqual([-300, -300])
    expect(pair?.delta_effect_ci95?.map((it) => it.toFixed(6))).toEqual(['0.100000', '0.100000'])
    expect(pair?.quadrant_shares.SE).toBe(1)
  })

  it('resampled means spread as the people do, over the root of their number', () => {
    const values = [-1200, 300, -4500, 0, -1200, 300, -4500, 0]
    const given = values.flatMap((cost, nth) => [
      { strategy: 'before', draw: `p${nth}`, cost: 0, effect: 0 },
      { strategy: 'after', draw: `p${nth}`, cost, effect: 0 },
    ])
    const sorted = sortPeople(given, null)
    if (!('people' in sorted)) throw new Error('refused')
    const draws = bootstrapPeople(sorted.people, { replicates: 20_000, random: createRandom('exact') })
    const costs = draws.costs[1] as Float64Array
    expect(draws.mean_costs[1]).toBe(-1350)
    // eight people, the four values twice: the SD of a mean is the population SD over the root of eight
    const sd = Math.sqrt(meanOf(costs.map((it) => (it + 1350) ** 2)))
    const population = Math.sqrt(values.reduce((total, it) => total + (it + 1350) ** 2, 0) / 8)
    expect(sd / (population / Math.sqrt(8))).toBeCloseTo(1, 1)
  })

  it.each([
    [
      'people in one arm and not the other, and others in both',
      [1, 1, 1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1, 1],
      'people_partly_shared',
    ],
    ['five people', [1, 1, 1, 1, 1], [1, 1, 1, 1, 1], 'too_few_people'],
  ])('refuses %s', (_, before, after, code) => {
    const given = [
      ...before.map((cost, nth) => ({ strategy: 'before', draw: `p${nth}`, cost, effect: 0 })),
      ...after.map((cost, nth) => ({ strategy: 'after', draw: `p${nth}`, cost, effect: 0 })),
    ]
    const sorted = sortPeople(given, null)
    expect('faults' in sorted && sorted.faults[0]?.code).toBe(code)
  })
})

it.each([
  ['one strategy', rows('usual', [1, 1]), null, 'one_strategy'],
  ['a reference that is not there', rows('usual', [1, 1]).concat(rows('new', [1, 1])), 'other', 'no_such_reference'],
  ['a draw that one strategy lacks', rows('usual', [1, 1], [1, 1]).concat(rows('new', [1, 1])), null, 'draw_missing'],
])('draws are refused with %s', (_, given, reference, code) => {
  const aligned = alignDraws(given, reference)
  expect('faults' in aligned && aligned.faults[0]?.code).toBe(code)
})

function rows(strategy: string, ...draws: [number, number][]): CeaRow[] {
  return draws.map(([cost, effect], nth) => ({ strategy, draw: String(nth), cost, effect }))
}

function drawsOf(given: readonly CeaRow[]): StrategyDraws {
  const aligned = alignDraws(given, null)
  if ('faults' in aligned) throw new Error(JSON.stringify(aligned.faults))
  return aligned.draws
}

function at3(values: readonly Float64Array[], strategy: number, draw: number): number {
  return (values[strategy] as Float64Array)[draw] as number
}

function order(point: Record<string, unknown>): number {
  return (point.mean_cost as number) * 100 - (point.mean_effect as number)
}
