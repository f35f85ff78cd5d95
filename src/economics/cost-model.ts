import { bootstrapPercentile } from '../stats/bootstrap.ts'
import { fitGamma, type GammaReason, type ParkTest, parkTest, recycledMean } from '../stats/gamma-glm.ts'
import { createRandom } from '../stats/random.ts'
import type { CostModel } from './cost-result.ts'
import { wholePence } from './pence-range.ts'
import type { PersonCost } from './person-costs.ts'

const FEWEST_PEOPLE = 20
const MOST_PEOPLE_RESAMPLED = 2000
const REPLICATES = 200

const REASONS: Readonly<Record<GammaReason, string>> = {
  not_positive: 'there are amounts below nought',
  too_few_rows: 'too few people had any cost',
  columns_not_independent: 'nobody had any cost on one side',
  not_converged: 'the model does not settle',
}

/**
 * Cost a person-year before and after by a gamma model with a log link, the time seen as its offset, and recycled predictions: what
 * everybody would have come to on each side. A gamma model takes no cost of nought: where there are some, it is of those with any, times
 * the share that had any on that side (two parts). The interval resamples people, percentile.
 */
export function modelCosts(people: readonly PersonCost[], seed: string): CostModel {
  const n_without_cost = people.reduce(
    (n, it) => n + Number(it.before.central_pence === 0) + Number(it.after.central_pence === 0),
    0,
  )
  const base = {
    kind: n_without_cost === 0 ? ('gamma' as const) : ('two_part' as const),
    n_people: people.length,
    n_without_cost,
  }
  const nothing = {
    difference_per_person_year_pence: null,
    ci95_low_pence: null,
    ci95_high_pence: null,
    dispersion: null,
    park: null,
  }
  if (people.length < FEWEST_PEOPLE) return { ...base, ...nothing, reason: 'there are fewer than 20 people' }
  const found = predicted(people)
  if (typeof found === 'string') return { ...base, ...nothing, reason: REASONS[found] }
  const interval =
    people.length > MOST_PEOPLE_RESAMPLED
      ? null
      : bootstrapPercentile(people, differenceOf, { replicates: REPLICATES, random: createRandom(`${seed} model`) })
  return {
    ...base,
    difference_per_person_year_pence: wholePence(found.difference),
    ci95_low_pence: interval === null ? null : wholePence(interval[0]),
    ci95_high_pence: interval === null ? null : wholePence(interval[1]),
    dispersion: found.dispersion,
    park: found.park(),
    reason: null,
  }
}

interface Predicted {
  /** Pence per person-year, after less before. */
  readonly difference: number
  readonly dispersion: number
  readonly park: () => ParkTest | null
}

function differenceOf(people: readonly PersonCost[]): number | null {
  const found = predicted(people)
  return typeof found === 'string' ? null : found.difference
}

function predicted(people: readonly PersonCost[]): Predicted | GammaReason {
  const sides = (['before', 'after'] as const).flatMap((side, period) =>
    people.map((it) => ({ period, pence: it[side].central_pence as number, years: it[`years_${side}`] })),
  )
  const some = sides.filter((it) => it.pence !== 0)
  const design = some.map((it) => [1, it.period])
  const y = some.map((it) => it.pence)
  const fit = fitGamma(
    design,
    y,
    some.map((it) => Math.log(it.years)),
  )
  if (typeof fit === 'string') return fit
  const share = (period: number) => some.filter((it) => it.period === period).length / people.length
  const mean = (period: number) => share(period) * recycledMean(fit, design, 1, period)
  return { difference: mean(1) - mean(0), dispersion: fit.dispersion, park: () => parkTest(y, fit.fitted) }
}
