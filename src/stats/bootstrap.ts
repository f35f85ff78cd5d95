import { bcaInterval, percentileInterval } from './bootstrap-interval.ts'
import { assertFinite, sampleSd, sum } from './describe.ts'
import type { Interval } from './interval.ts'
import type { Random } from './random.ts'

export interface BootstrapOptions {
  replicates: number // whole, at least 99; 2,000 serves an interval
  random: Random
}

export type BootstrapReason = 'no_rows' | 'one_row' | 'no_variation' | 'undefined_statistic' | 'undefined_in_resamples'

export interface Bootstrap {
  n: number // rows, each resampled whole
  replicates: number
  estimate: number | null // the statistic of the rows as they are; null with a reason
  standard_error: number | null // SD of the replicates; null where the intervals are
  percentile_ci95: Interval | null // null with a reason
  bca_ci95: Interval | null // null where percentile_ci95 is, or with bca_reason
  reason: BootstrapReason | null
  bca_reason: 'degenerate' | null // z0 or the acceleration does not exist, or an end lies beyond the replicates
}

/** Bootstrap of the mean: rows are the values. */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions): Bootstrap {
  assertFinite(values)
  const total = sum(values)
  const n = values.length
  const data = Float64Array.from(values)
  const meanOf = (rows: Int32Array) => {
    let picked = 0
    for (let i = 0; i < n; i++) picked += data[rows[i]!]!
    return picked / n
  }
  const leaveOneOut = () => values.map((value) => (total - value) / (n - 1))
  return summarise(n, n === 0 ? null : total / n, meanOf, leaveOneOut, options)
}

/**
 * Bootstrap of any statistic of rows, each row one independent person: whatever belongs to a person (before and
 * after, cost and effect) stays together. A statistic that does not exist for a resample returns null, and then no
 * interval is given, since leaving such resamples out would bias it.
 * @example bootstrapStatistic(people, (rows) => ratioOfTotals(rows), { replicates: 2000, random: createRandom('a') })
 */
export function bootstrapStatistic<Row>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number | null,
  options: BootstrapOptions,
): Bootstrap {
  const ofIndices = statisticOfIndices(rows, statistic)
  const leaveOneOut = () => rows.map((_, left) => defined(statistic(rows.filter((_, i) => i !== left))))
  return summarise(rows.length, rows.length === 0 ? null : defined(statistic(rows)), ofIndices, leaveOneOut, options)
}

/** The percentile interval alone, which asks nobody to be left out: for a statistic that takes long. Null without rows that vary. */
export function bootstrapPercentile<Row>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number | null,
  options: BootstrapOptions,
): Interval | null {
  const replicates = bootstrapReplicates(rows.length, statisticOfIndices(rows, statistic), options)
  if (replicates === null || replicates.every((value) => value === replicates[0])) return null
  return percentileInterval(replicates)
}

/** The replicates alone, in the order drawn; NaN never appears: null if any resample has no statistic. */
export function bootstrapReplicates(
  n: number,
  ofIndices: (rows: Int32Array) => number | null,
  { replicates, random }: BootstrapOptions,
): Float64Array | null {
  const values = new Float64Array(replicates)
  const rows = new Int32Array(n)
  for (let r = 0; r < replicates; r++) {
    for (let i = 0; i < n; i++) rows[i] = random() * n
    const value = ofIndices(rows)
    if (value === null) return null
    values[r] = value
  }
  return values
}

function summarise(
  n: number,
  estimate: number | null,
  ofIndices: (rows: Int32Array) => number | null,
  leaveOneOut: () => (number | null)[],
  options: BootstrapOptions,
): Bootstrap {
  if (!(Number.isInteger(options.replicates) && options.replicates >= 99)) {
    throw new Error('a bootstrap needs a whole number of replicates, at least 99')
  }
  const base = { n, replicates: options.replicates, estimate }
  const none = { ...base, standard_error: null, percentile_ci95: null, bca_ci95: null, bca_reason: null }
  if (n === 0) return { ...none, reason: 'no_rows' }
  if (estimate === null) return { ...none, reason: 'undefined_statistic' }
  if (n === 1) return { ...none, reason: 'one_row' }
  const replicates = bootstrapReplicates(n, ofIndices, options)
  if (replicates === null) return { ...none, reason: 'undefined_in_resamples' }
  if (replicates.every((value) => value === replicates[0])) return { ...none, reason: 'no_variation' }
  const left = leaveOneOut()
  const bca = left.every((value) => value !== null) ? bcaInterval(estimate, replicates, left) : null
  return {
    ...base,
    standard_error: sampleSd(Array.from(replicates)),
    percentile_ci95: percentileInterval(replicates),
    bca_ci95: bca,
    reason: null,
    bca_reason: bca === null ? 'degenerate' : null,
  }
}

function statisticOfIndices<Row>(rows: readonly Row[], statistic: (rows: readonly Row[]) => number | null) {
  const picked: Row[] = new Array(rows.length)
  return (indices: Int32Array) => {
    for (let i = 0; i < picked.length; i++) picked[i] = rows[indices[i]!]!
    return defined(statistic(picked))
  }
}

function defined(value: number | null): number | null {
  if (value !== null && !Number.isFinite(value)) throw new Error('a statistic must be a finite number or null')
  return value
}
