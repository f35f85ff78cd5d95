import type { CostResult } from '../src/economics/cost-result.ts'
import type { UsageSummary } from '../src/usage/usage-result.ts'
import type { OutcomeAnalysis } from './analysis.ts'

/** An intervention arm by name, people in more than one as a row of their own, or people in none that is recorded. */
export type ArmKey =
  | { readonly standing: 'arm'; readonly arm: string }
  | { readonly standing: 'two_arms' | 'no_arm'; readonly arm: null }

/** What the arms of a service are, and how its people part into them: everyone is in one row. */
export interface ArmsAnalysis {
  /** The fact of a referral that tells the arm. */
  readonly told_by: 'intervention' | 'pathway' | 'team'
  /** People with two arms or more, wherever they count. */
  readonly n_in_two_arms: number
  /** Named arms first, by name. */
  readonly arms: readonly ArmAnalysis[]
}

/** The people of one row, who they were at their first episode, and the outcomes of all their episodes. */
export interface ArmAnalysis {
  readonly key: ArmKey
  readonly n_people: number
  readonly n_episodes: number
  readonly mix: readonly ArmMix[]
  /** First scores, of the scales that lead. */
  readonly entry: readonly ArmEntry[]
  /** Of the scales that lead; one that nobody of the arm was asked for is left out. */
  readonly outcomes: readonly OutcomeAnalysis[]
}

/** People by one recorded fact: they add up to n_people. */
export interface ArmMix {
  readonly dimension: 'age_band' | 'gender' | 'neurodiversity'
  readonly counts: readonly {
    /** Null: not recorded. */
    readonly value: string | null
    readonly n: number
  }[]
}

export interface ArmEntry {
  readonly measure_id: string
  readonly measure_name: string
  readonly scale_label: string
  readonly scale_id: string
  readonly n: number
  /** Null without a score. */
  readonly mean_pre: number | null
}

/** Use of services by the people of one row, and its cost, before and after joining. */
export interface ArmUse {
  readonly key: ArmKey
  readonly summaries: readonly UsageSummary[]
  readonly cost: CostResult
}
