import { mean, sampleSd } from './describe.ts'
import { tQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'

/** An estimate in one completed data set, with its variance. */
export interface CompletedEstimate {
  readonly estimate: number
  readonly variance: number
}

export interface Pooled {
  readonly n_imputations: number
  readonly estimate: number
  readonly standard_error: number
  readonly df: number // Barnard and Rubin's, for small samples
  readonly ci95: Interval
  readonly missing_information: number // share of the variance that is due to what is missing, from 0 to 1
}

/**
 * Rubin's rules (1987): the mean of the estimates, and within plus (1 + 1/m) between variance, with the degrees of freedom of Barnard
 * and Rubin (1999). `complete_df` are those there would be with nothing missing. Null for fewer than two data sets,
 * where neither variance is above 0, and where people within each data set all changed alike: no degrees of freedom are left then.
 */
export function poolEstimates(completed: readonly CompletedEstimate[], complete_df: number): Pooled | null {
  const m = completed.length
  const estimate = mean(completed.map((it) => it.estimate))
  const within = mean(completed.map((it) => it.variance))
  const between = (sampleSd(completed.map((it) => it.estimate)) ?? 0) ** 2
  if (m < 2 || estimate === null || within === null) return null
  const total = within + (1 + 1 / m) * between
  if (!(total > 0)) return null
  const lambda = ((1 + 1 / m) * between) / total
  if (1 - lambda < NO_OWN_VARIANCE) return null
  const observed = ((complete_df + 1) / (complete_df + 3)) * complete_df * (1 - lambda)
  const df = lambda === 0 ? observed : 1 / (lambda ** 2 / (m - 1) + 1 / observed)
  const standard_error = Math.sqrt(total)
  const half = tQuantile(0.975, df) * standard_error
  const ratio = lambda / (1 - lambda)
  return {
    n_imputations: m,
    estimate,
    standard_error,
    df,
    ci95: [estimate - half, estimate + half],
    missing_information: (ratio + 2 / (df + 3)) / (1 + ratio),
  }
}

/** Share of the total variance. Less is the noise of decimals. */
const NO_OWN_VARIANCE = 1e-9
