import type { OutcomeAnalysis } from '../../reports/analysis.ts'
import type { ArmAnalysis, ArmKey, ArmsAnalysis, ArmUse } from '../../reports/analysis-arms.ts'
import type { CostResult } from '../../src/economics/cost-result.ts'
import { summariseUsage } from '../../src/usage/summarise-usage.ts'
import type { UsagePersonRow } from '../../src/usage/usage-result.ts'

type OutcomeOf = (n_eligible: number, n_baseline: number, n_paired: number) => OutcomeAnalysis

const KEYS: readonly (readonly [key: ArmKey, people: number, first: number])[] = [
  [{ standing: 'arm', arm: 'Peer-led' }, 97, 0],
  [{ standing: 'arm', arm: 'Structured' }, 112, 97],
  [{ standing: 'two_arms', arm: null }, 4, 209],
]

/** Two arms and four people in both, whose figures no page may give away. */
export function syntheticArms(outcome: OutcomeOf): ArmsAnalysis {
  return { told_by: 'intervention', n_in_two_arms: 4, arms: KEYS.map(([key, n]) => arm(key, n, outcome)) }
}

function arm(key: ArmKey, n: number, outcome: OutcomeOf): ArmAnalysis {
  const few = Math.min(3, n)
  const own = outcome(n, n, n === 4 ? 4 : n - 50)
  const { measure_id, measure_name, scale_id, scale_label } = own
  return {
    key,
    n_people: n,
    n_episodes: n,
    mix: [
      { dimension: 'age_band', counts: mix(['18_25', few], ['26_39', n - few], [null, 0]) },
      { dimension: 'gender', counts: mix(['female', n - few], ['male', few]) },
      { dimension: 'neurodiversity', counts: mix(['yes', 0], ['no', n - few], ['unknown', few]) },
    ],
    entry: [{ measure_id, measure_name, scale_id, scale_label, n, mean_pre: own.summary.statistics.mean_pre }],
    outcomes: [own],
  }
}

function mix(...counts: readonly (readonly [value: string | null, n: number])[]) {
  return counts.map(([value, n]) => ({ value, n }))
}

/** The same people's use of services. */
export function syntheticArmUse(
  rows: readonly UsagePersonRow[],
  costOf: (rows: readonly UsagePersonRow[]) => CostResult,
): ArmUse[] {
  return KEYS.map(([key, n, first]) => {
    const own = rows.filter((it) => it.person_key >= first && it.person_key < first + n)
    return { key, summaries: summariseUsage(own), cost: costOf(own) }
  })
}
