import type { OutcomeAnalysis } from '../analysis.ts'

/** Scales that may lead. */
export const HEADLINE_SCALES: readonly string[] = [
  'total',
  'sqol',
  'treatment_satisfaction',
  'goals_mean',
  'ptsd',
  'dso',
  'index',
]
const DOMAIN = /^item_[1-8]$/

/**
 * The scales that lead: those with a reliable change threshold first, then those with most pairs, by tens, so that the order gives
 * no count away that the page withholds. Items, single goals and clusters come after, in their own figures.
 */
export function headlineOutcomes(outcomes: readonly OutcomeAnalysis[]): readonly OutcomeAnalysis[] {
  return outcomes
    .filter((it) => HEADLINE_SCALES.includes(it.scale_id) && !(it.measure_id === 'itq' && it.scale_id === 'total'))
    .toSorted(
      (a, b) =>
        Number(b.summary.categories !== null) - Number(a.summary.categories !== null) ||
        tens(b) - tens(a) ||
        (a.measure_id < b.measure_id ? -1 : 1),
    )
}

function tens({ summary }: OutcomeAnalysis): number {
  return Math.floor(summary.funnel.n_paired / 10)
}

/** DIALOG's eight life domains in the instrument's order. */
export function dialogDomains(outcomes: readonly OutcomeAnalysis[]): readonly OutcomeAnalysis[] {
  return outcomes
    .filter((it) => it.measure_id === 'dialog' && DOMAIN.test(it.scale_id))
    .toSorted((a, b) => (a.scale_id < b.scale_id ? -1 : 1))
}
