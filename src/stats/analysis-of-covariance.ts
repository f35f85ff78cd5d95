import { mean, sampleSd } from './describe.ts'
import type { Interval } from './interval.ts'
import { dot } from './linear-algebra.ts'
import { coefficientOf, fitLinear } from './linear-regression.ts'
import { leveragesOf, robustError } from './robust-error.ts'

/** One pair of scores of a unit. `covariates`: what people brought with them (baseline, age …), the same list for all. */
export interface CaseMixRow {
  readonly unit: string
  readonly improvement: number
  readonly covariates: readonly number[]
}

export interface AdjustedChange {
  readonly unit: string
  readonly n: number
  readonly mean_improvement: number
  readonly sd_improvement: number | null
  /** Mean improvement had the unit's people been like everyone’s on the covariates; null with `reason`. */
  readonly adjusted: number | null
  readonly se: number | null
  readonly ci95: Interval | null
  readonly reason: 'fewer_than_2_units' | 'too_few_people' | 'not_estimable' | null
}

/** People for each column of the design: every unit, and every covariate that differs between people. Fewer are not adjusted. */
export const PEOPLE_A_COLUMN = 10

/**
 * Analysis of covariance: improvement on unit and covariates, and each unit’s mean at everyone’s mean covariates. It takes out what the
 * covariates explain in a straight line, alike in every unit; what was not recorded it cannot take out. Units in alphabetical order.
 * Standard errors allow people’s change to spread differently in different units (HC2: MacKinnon & White 1985), with the degrees of freedom of Bell
 * & McCaffrey (2002), so that a unit of few people is not lent the certainty of the others.
 */
export function adjustedChange(rows: readonly CaseMixRow[]): AdjustedChange[] {
  const units = [...new Set(rows.map((row) => row.unit))].toSorted()
  const raw = units.map((unit) => rawChange(rows, unit))
  const absent = (reason: AdjustedChange['reason']) =>
    raw.map((it) => ({ ...it, adjusted: null, se: null, ci95: null, reason }))
  if (units.length < 2) return absent('fewer_than_2_units')
  const kept = varying(rows)
  if (rows.length < PEOPLE_A_COLUMN * (units.length + kept.length)) return absent('too_few_people')
  if (raw.some((it) => it.n < 2)) return absent('too_few_people')
  const column = (place: number) => rows.map((row) => row.covariates[place] as number)
  const design = rows.map((row) => [
    ...units.map((unit) => (row.unit === unit ? 1 : 0)),
    ...kept.map((place) => row.covariates[place] as number),
  ])
  const fit = fitLinear(
    design,
    rows.map((row) => row.improvement),
  )
  if (fit === null || fit.residual_sd === null || fit.residual_sd < NO_SPREAD) return absent('not_estimable')
  const leverages = leveragesOf(fit, design)
  if (leverages.some((it) => it > ALONE)) return absent('not_estimable')
  const middle = kept.map((place) => mean(column(place)) as number)
  return raw.map((it, at) => {
    const weights = [...units.map((_, place) => (place === at ? 1 : 0)), ...middle]
    const estimate = dot(weights, fit.coefficients)
    const { se, df } = robustError(fit, design, weights, leverages)
    return { ...it, adjusted: estimate, se, ci95: coefficientOf(estimate, se, df).ci95, reason: null }
  })
}

function rawChange(rows: readonly CaseMixRow[], unit: string) {
  const gains = rows.filter((row) => row.unit === unit).map((row) => row.improvement)
  return { unit, n: gains.length, mean_improvement: mean(gains) as number, sd_improvement: sampleSd(gains) }
}

/** Leverage of someone who alone decides a unit's or a covariate's coefficient: nothing is left to tell its error by. */
const ALONE = 1 - 1e-9

/** Points. Less is the noise of decimals. */
const NO_SPREAD = 1e-9

/** Places of the covariates that differ between people at all. */
function varying(rows: readonly CaseMixRow[]): number[] {
  const [first] = rows
  return (first?.covariates ?? []).flatMap((value, place) =>
    rows.some((row) => row.covariates[place] !== value) ? [place] : [],
  )
}
