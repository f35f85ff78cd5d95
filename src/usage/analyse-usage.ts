import { anyUse } from './any-use.ts'
import { caveat } from './caveat.ts'
import { compareRates, DAYS_PER_YEAR, hasTime, type PersonWindows } from './compare-rates.ts'
import { ESTIMANDS, estimateRates, type RateEstimate } from './estimate-rates.ts'
import { mostUsed } from './expected-anyway.ts'
import { selectionSigns } from './selection-signs.ts'
import type { AnyUse, ExpectedComparison, RateComparison, SelectionSign } from './usage-result.ts'

/** A row of an analysis-ready file: one person. */
export interface UsageRow extends PersonWindows {
  readonly group: string | null
}

/** Rates are per person-year; the ratio is after over before. */
export interface UsageAnalysis extends RateComparison {
  /** People compared: those with time on both sides. */
  readonly n: number
  readonly n_without_time: number
  /** People with any event, at the same time before and after. */
  readonly any_use: AnyUse
  /** The rate ratio by every method, each with what it is a ratio of. */
  readonly estimates: readonly RateEstimate[]
  /** The tenth with most use before, and how much of their fall would be expected anyway; null below twenty people. */
  readonly most_used: ExpectedComparison | null
  /** That people were taken because of their use before; none where nothing shows it. */
  readonly signs: readonly SelectionSign[]
}

export interface UsageAnalyses extends UsageAnalysis {
  readonly analysis: 'usage'
  readonly method: string
  readonly caveat: string
  /** What each `estimand` of `estimates` is. */
  readonly estimands: typeof ESTIMANDS
  readonly groups: readonly (UsageAnalysis & { readonly group: string })[]
}

const USAGE_METHOD =
  `Rates per person-year of ${DAYS_PER_YEAR} days, all events over all person-time. Jackknife interval: one person left out at a time, t(n − 1), from 6 people. Clustered interval: people as clusters, ` +
  't(n − 1), from 6 people. Exact interval: conditional on the total, right only if events are independent. ' +
  'Any use: paired difference after Newcombe (method 10) from 5 people, McNemar mid-p from 10.'

const TAKEN_FOR_THEIR_USE =
  'Warning: everybody in the file had events before, as where people are taken because of their use (“the most costly ' +
  'patients”). The file cannot tell how much of the fall would have come anyway; one with an earlier year, or with everybody, can.'

const BOOTSTRAP = { replicates: 2000, seed: 'outcomes' }

/** Service use before and after, for everyone and for each group, groups in order of name. */
export function analyseUsage(rows: readonly UsageRow[]): UsageAnalyses {
  const names = [...new Set(rows.flatMap((row) => row.group ?? []))].sort()
  const everyone = analyse(rows)
  return {
    analysis: 'usage',
    ...everyone,
    method: USAGE_METHOD,
    caveat: everyone.signs.length === 0 ? caveat(false) : `${caveat(false)} ${TAKEN_FOR_THEIR_USE}`,
    estimands: ESTIMANDS,
    groups: names.map((group) => ({ group, ...analyse(rows.filter((row) => row.group === group)) })),
  }
}

function analyse(rows: readonly UsageRow[]): UsageAnalysis {
  return {
    ...compareRates(rows),
    n_without_time: rows.filter((row) => !hasTime(row)).length,
    any_use: anyUse(rows),
    estimates: estimateRates(rows, BOOTSTRAP),
    most_used: mostUsed(rows),
    signs: selectionSigns(rows, []),
  }
}
