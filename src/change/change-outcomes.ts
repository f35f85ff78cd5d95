import { isCase } from '../measures/improvement.ts'
import type { Cutoff } from '../measures/measure.ts'
import type { ScorePair, Share } from './change-result.ts'
import { type ChangeRule, classifyByRule, isOnBoundary } from './change-rule.ts'
import { shareOf } from './claims.ts'

/** Recovered, improved, unchanged, deteriorated and harmed add up to those with both scores who could be classified. */
export interface OutcomeCounts {
  /** A case at first, not at last, and reliably better; null without a cut-off. */
  readonly recovered: number | null
  /** Reliably better otherwise. */
  readonly improved: number
  readonly unchanged: number
  /** Reliably worse, and not harmed. */
  readonly deteriorated: number
  /** Reliably worse and, not a case at first, a case at last; null without a cut-off. */
  readonly harmed: number | null
}

/** The counts as shares of everyone classified, and of those to whom it could happen; Wilson 95% intervals from 5 people. */
export interface OutcomeShares {
  /** Recovered and improved together. */
  readonly any_improved: Share
  /** Deteriorated and harmed together. */
  readonly any_deteriorated: Share
  readonly unchanged: Share
  readonly recovered_of_all: Share | null
  readonly recovered_of_cases_at_start: Share | null
  readonly harmed_of_all: Share | null
  readonly harmed_of_others_at_start: Share | null
}

/** People so near an end of the scale that a last score there would not be a reliable change. */
export interface RoomToChange {
  readonly n_could_not_improve: number
  readonly n_could_not_deteriorate: number
  readonly improved_of_those_who_could: Share
}

export interface ChangeOutcomes {
  readonly counts: OutcomeCounts
  readonly shares: OutcomeShares
  /** Null where the range of the scale is not known. */
  readonly room: RoomToChange | null
  /** With both scores and no class: a per cent of a first score of 0 does not exist. */
  readonly n_not_classified: number
  /** People whose change is exactly the threshold: the other boundary would count them otherwise. */
  readonly n_on_threshold: number
  /** People with a first or last score exactly on the cut-off; null without one. */
  readonly n_on_cutoff: number | null
}

interface Outcome {
  readonly change: 'improved' | 'none' | 'deteriorated'
  readonly wasCase: boolean | null
  readonly isCaseNow: boolean | null
  readonly couldImprove: boolean | null
  readonly couldDeteriorate: boolean | null
}

/** What became of each person, counted: the rule says what a reliable change is, the cut-off who is a case. */
export function changeOutcomes(
  pairs: readonly ScorePair[],
  rule: ChangeRule,
  cutoff: Cutoff | null,
  range: { readonly min: number; readonly max: number } | null,
): ChangeOutcomes {
  const outcomes = pairs.flatMap((pair) => outcomeOf(pair, rule, cutoff, range) ?? [])
  const counts = countsOf(outcomes, cutoff !== null)
  return {
    counts,
    shares: sharesOf(counts, outcomes),
    room: range === null ? null : roomOf(outcomes),
    n_not_classified: pairs.length - outcomes.length,
    n_on_threshold: pairs.filter(({ pre_score, post_score }) => isOnBoundary(rule, pre_score, post_score)).length,
    n_on_cutoff:
      cutoff === null
        ? null
        : pairs.filter(({ pre_score, post_score }) => pre_score === cutoff.value || post_score === cutoff.value).length,
  }
}

function outcomeOf(
  { pre_score: pre, post_score: post }: ScorePair,
  rule: ChangeRule,
  cutoff: Cutoff | null,
  range: { readonly min: number; readonly max: number } | null,
): Outcome | null {
  const change = classifyByRule(rule, pre, post)
  if (change === null) return null
  const [best, worst] = rule.better === 'higher' ? [range?.max, range?.min] : [range?.min, range?.max]
  return {
    change,
    wasCase: cutoff === null ? null : isCase(cutoff, pre),
    isCaseNow: cutoff === null ? null : isCase(cutoff, post),
    couldImprove: best === undefined ? null : classifyByRule(rule, pre, best) === 'improved',
    couldDeteriorate: worst === undefined ? null : classifyByRule(rule, pre, worst) === 'deteriorated',
  }
}

function countsOf(outcomes: readonly Outcome[], hasCutoff: boolean): OutcomeCounts {
  const count = (keep: (it: Outcome) => boolean) => outcomes.filter(keep).length
  const recovered = count((it) => it.change === 'improved' && it.wasCase === true && it.isCaseNow === false)
  const harmed = count((it) => it.change === 'deteriorated' && it.wasCase === false && it.isCaseNow === true)
  return {
    recovered: hasCutoff ? recovered : null,
    improved: count((it) => it.change === 'improved') - recovered,
    unchanged: count((it) => it.change === 'none'),
    deteriorated: count((it) => it.change === 'deteriorated') - harmed,
    harmed: hasCutoff ? harmed : null,
  }
}

function sharesOf(counts: OutcomeCounts, outcomes: readonly Outcome[]): OutcomeShares {
  const n = outcomes.length
  const cases = outcomes.filter((it) => it.wasCase === true).length
  const { recovered, harmed } = counts
  return {
    any_improved: shareOf(counts.improved + (recovered ?? 0), n),
    any_deteriorated: shareOf(counts.deteriorated + (harmed ?? 0), n),
    unchanged: shareOf(counts.unchanged, n),
    recovered_of_all: recovered === null ? null : shareOf(recovered, n),
    recovered_of_cases_at_start: recovered === null ? null : shareOf(recovered, cases),
    harmed_of_all: harmed === null ? null : shareOf(harmed, n),
    harmed_of_others_at_start: harmed === null ? null : shareOf(harmed, n - cases),
  }
}

function roomOf(outcomes: readonly Outcome[]): RoomToChange {
  const could = outcomes.filter((it) => it.couldImprove === true)
  return {
    n_could_not_improve: outcomes.length - could.length,
    n_could_not_deteriorate: outcomes.filter((it) => it.couldDeteriorate === false).length,
    improved_of_those_who_could: shareOf(could.filter((it) => it.change === 'improved').length, could.length),
  }
}
