import { describe, expect, it } from 'vitest'
import { bootstrapMean, bootstrapReplicates, bootstrapStatistic } from '../../src/stats/bootstrap.ts'
import { bcaInterval, percentileInterval } from '../../src/stats/bootstrap-interval.ts'
import { mean, quantile, sampleSd } from '../../src/stats/describe.ts'
import { createRandom, xoshiro128 } from '../../src/stats/random.ts'
import { expectClose, oracle } from './oracle.ts'

describe('intervals from bootstrap replicates', () => {
  it.each(oracle.bootstrap)("$name: agree with R's boot.ci", ({ estimate, replicates, leave_one_out, ...expected }) => {
    const values = Float64Array.from(replicates)
    expectClose([...percentileInterval(values)!], [...expected.percentile], 1e-10)
    expectClose([...bcaInterval(estimate, values, leave_one_out)!], [...expected.bca], 1e-8)
  })

  it('have no BCa where every replicate lies on one side of the estimate', () => {
    const replicates = Float64Array.from({ length: 199 }, (_, i) => i)
    expect(bcaInterval(-1, replicates, [1, 2, 4])).toBeNull()
    expect(bcaInterval(500, replicates, [1, 2, 4])).toBeNull()
  })

  it('have no percentile bound beyond the smallest replicate', () => {
    expect(percentileInterval(Float64Array.from({ length: 38 }, (_, i) => i))).toBeNull()
    expectClose([...percentileInterval(Float64Array.from({ length: 39 }, (_, i) => i))!], [0, 38], 1e-12, 1e-9)
  })
})

describe('all 256 resamples of four changes in cost: -1200, 300, -4500, 0', () => {
  const x = [-1200, 300, -4500, 0]
  const draws = Array.from({ length: 256 }, (_, r) => [r >> 6, (r >> 4) & 3, (r >> 2) & 3, r & 3]).flat()
  const everyResample = () => {
    let next = 0
    return () => (draws[next++]! + 0.5) / 4
  }
  const replicates = bootstrapReplicates(4, (rows) => mean(Array.from(rows, (i) => x[i]!)), {
    replicates: 256,
    random: everyResample(),
  })!

  it('have mean -1350 and SD 951.64, and 240 of them are below nought', () => {
    const values = Array.from(replicates)
    expect(mean(values)).toBe(-1350)
    expectClose(Math.sqrt(255 / 256) * sampleSd(values)!, 951.6433155337, 1e-12)
    expect(values.filter((value) => value < 0)).toHaveLength(240)
    expect([quantile(values, 0.025), quantile(values, 0.975)]).toEqual([-3375, 150])
  })

  it('are what 4,000 random resamples come close to', () => {
    const found = bootstrapMean(x, { replicates: 4000, random: createRandom('costs') })
    expect(found.estimate).toBe(-1350)
    expect(Math.abs(found.standard_error! / 951.6433 - 1)).toBeLessThan(0.03)
    expect(found.percentile_ci95![0]).toBe(-3375)
    expect(found.percentile_ci95![1]).toBeGreaterThan(0)
  })
})

describe('bootstrap of people', () => {
  const random = () => createRandom(20261122)

  it('gives the same interval whether the mean is built in or handed over', () => {
    const values = oracle.describe[3]!.values
    const built = bootstrapMean(values, { replicates: 500, random: random() })
    const handed = bootstrapStatistic(values, mean, { replicates: 500, random: random() })
    expectClose([...built.percentile_ci95!], [...handed.percentile_ci95!], 1e-12)
    expectClose([...built.bca_ci95!], [...handed.bca_ci95!], 1e-9)
  })

  it('repeats itself from the same seed and differs from another', () => {
    const values = oracle.describe[3]!.values
    const run = (seed: string) => bootstrapMean(values, { replicates: 200, random: createRandom(seed) })
    expect(run('a')).toEqual(run('a'))
    expect(run('a').percentile_ci95).not.toEqual(run('b').percentile_ci95)
  })

  it("keeps a person's before and after together: everyone down by 2 is always down by 2", () => {
    const rows = [
      { pre: 9, post: 7 },
      { pre: 30, post: 28 },
      { pre: 4, post: 2 },
    ]
    const change = (picked: readonly { pre: number; post: number }[]) =>
      mean(picked.map((row) => row.post))! - mean(picked.map((row) => row.pre))!
    const found = bootstrapReplicates(3, (indices) => change(Array.from(indices, (i) => rows[i]!)), {
      replicates: 200,
      random: random(),
    })!
    for (const value of found) expect(value).toBeCloseTo(-2, 12)
  })

  it.each([
    { title: 'nobody', values: [], estimate: null, reason: 'no_rows' },
    { title: 'one person', values: [4], estimate: 4, reason: 'one_row' },
    { title: 'people all alike', values: [0.1, 0.1, 0.1], estimate: 0.1, reason: 'no_variation' },
  ])('has no interval for $title', ({ values, estimate, reason }) => {
    const none = { standard_error: null, percentile_ci95: null, bca_ci95: null, bca_reason: null }
    const found = bootstrapMean(values, { replicates: 200, random: random() })
    expectClose(found.estimate, estimate, 1e-14)
    expect(found).toMatchObject({ n: values.length, ...none, reason })
  })

  it('has no interval where a resample has no statistic, such as a ratio over nought', () => {
    const rows = [
      { before: 0, after: 2 },
      { before: 0, after: 1 },
      { before: 3, after: 1 },
    ]
    const ratio = (picked: readonly { before: number; after: number }[]) => {
      const before = picked.reduce((total, row) => total + row.before, 0)
      return before === 0 ? null : picked.reduce((total, row) => total + row.after, 0) / before
    }
    const found = bootstrapStatistic(rows, ratio, { replicates: 200, random: random() })
    expect(found).toMatchObject({ percentile_ci95: null, bca_ci95: null, reason: 'undefined_in_resamples' })
    expectClose(found.estimate, 4 / 3, 1e-14)
    expect(bootstrapStatistic(rows, () => null, { replicates: 200, random: random() }).reason).toBe(
      'undefined_statistic',
    )
    expect(() => bootstrapStatistic(rows, () => Number.NaN, { replicates: 200, random: random() })).toThrow('finite')
  })

  it('refuses fewer than 99 replicates', () => {
    expect(() => bootstrapMean([1, 2], { replicates: 50, random: random() })).toThrow('at least 99')
  })

  it('resamples 3,000 people 2,000 times in under a second', () => {
    const next = createRandom('speed')
    const rows = Array.from({ length: 3000 }, () => ({ before: next() * 9, after: next() * 5 }))
    const started = performance.now()
    const found = bootstrapMean(
      rows.map((row) => row.after - row.before),
      { replicates: 2000, random: next },
    )
    expect(found.bca_ci95).not.toBeNull()
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('seeded randomness', () => {
  it('is xoshiro128**: the first numbers from the state 1, 2, 3, 4', () => {
    const next = xoshiro128([1, 2, 3, 4])
    const first = Array.from({ length: 8 }, () => next() * 2 ** 32)
    expect(first).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849])
  })

  it('is even over ten bins, and stays in [0, 1)', () => {
    const next = createRandom('bins')
    const bins = new Array<number>(10).fill(0)
    for (let i = 0; i < 100_000; i++) bins[Math.floor(next() * 10)]! += 1
    const chiSquared = bins.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0)
    expect(bins).toHaveLength(10)
    expect(chiSquared).toBeLessThan(27.9) // 99.9th percentile on 9 degrees of freedom
  })

  it('takes a number and its digits for the same seed, and tells other seeds apart', () => {
    expect(createRandom(7)()).toBe(createRandom('7')())
    expect(new Set(Array.from({ length: 500 }, (_, seed) => createRandom(seed)())).size).toBe(500)
  })
})
