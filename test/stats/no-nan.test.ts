import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bootstrapMean } from '../../src/stats/bootstrap.ts'
import { pearson } from '../../src/stats/describe.ts'
import { standardisedChange } from '../../src/stats/effect-size.ts'
import { pairedChange } from '../../src/stats/paired-change.ts'
import { newcombePaired } from '../../src/stats/proportion.ts'
import { createRandom } from '../../src/stats/random.ts'
import { rateRatioClustered } from '../../src/stats/rate-ratio-clustered.ts'
import { rateExact, rateRatioExact } from '../../src/stats/rates.ts'
import { rateSpread } from '../../src/stats/regression-to-mean.ts'
import { signedRankTest } from '../../src/stats/wilcoxon.ts'

function notFinite(value: unknown): unknown[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) => notFinite(inner).map((found) => `${name}: ${found}`))
}

const score = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.integer({ min: -50, max: 50 }).map((tenths) => tenths / 10),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
)
const pair = fc.tuple(score, score)
const count = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 100_000 }))
const time = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 366 }), fc.double({ min: 1e-3, max: 1e5, noNaN: true }))
const windows = fc.record({ events_before: count, time_before: time, events_after: count, time_after: time })

it('no summary of scores ever holds NaN or infinity', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 12 }), (rows) => {
      const [pre, post] = [rows.map((row) => row[0]), rows.map((row) => row[1])]
      const options = { replicates: 99, random: createRandom(1) }
      const all = [pairedChange(pre, post), standardisedChange(pre, post), signedRankTest(pre, post)]
      expect(notFinite([...all, pearson(pre, post), bootstrapMean(pre, options)])).toEqual([])
    }),
    { seed: 9, numRuns: 300 },
  )
})

it('no summary of counts and person-time ever holds NaN or infinity', () => {
  fc.assert(
    fc.property(
      fc.array(windows, { maxLength: 8 }),
      fc.array(count, { minLength: 4, maxLength: 4 }),
      (people, cells) => {
        const [both, pre_only, post_only, neither] = cells as [number, number, number, number]
        const one = people[0] ?? { events_before: 0, time_before: 1, events_after: 0, time_after: 1 }
        const histories = people.map((person) => ({ events: person.events_before, time: person.time_before }))
        const all = [rateRatioExact(one), rateRatioClustered(people), rateExact(one.events_before, one.time_before)]
        const paired = newcombePaired({ both, pre_only, post_only, neither })
        expect(notFinite([...all, rateSpread(histories), paired])).toEqual([])
      },
    ),
    { seed: 10, numRuns: 300 },
  )
})
