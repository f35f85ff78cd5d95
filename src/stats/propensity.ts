import { sampleSd } from './describe.ts'
import { dot, type Matrix } from './linear-algebra.ts'
import { fitLogistic, type LogisticReason } from './logistic-regression.ts'

export interface PropensityMatch {
  /** Places in `treated` and in `others`, one of each; in the order matched. */
  readonly pairs: readonly (readonly [treated: number, other: number])[]
  /** The furthest that a pair may lie apart, on the logit; null with a reason. */
  readonly caliper: number | null
  readonly reason: LogisticReason | 'all_alike' | null
}

/** Austin 2011 (Pharmaceutical Statistics 10:150). */
const CALIPER_IN_SD = 0.2

/**
 * Pairs of like people of two groups: nearest neighbour on the logit of the propensity score, one to one, without replacement, within 0.2
 * standard deviations of the logit. The treated with the highest score choose first, since they have least to choose from; of equals
 * the first given. Rows are covariates with the constant among them.
 */
export function matchOnPropensity(treated: Matrix, others: Matrix): PropensityMatch {
  const design = [...treated, ...others]
  const fit = fitLogistic(
    design,
    design.map((_, at) => (at < treated.length ? 1 : 0)),
  )
  if (typeof fit === 'string') return { pairs: [], caliper: null, reason: fit }
  const logits = design.map((row) => dot(row, fit.coefficients))
  const sd = sampleSd(logits)
  if (sd === null) return { pairs: [], caliper: null, reason: 'all_alike' }
  const caliper = CALIPER_IN_SD * sd
  return {
    pairs: nearest(logits.slice(0, treated.length), logits.slice(treated.length), caliper),
    caliper,
    reason: null,
  }
}

function nearest(treated: readonly number[], others: readonly number[], caliper: number): [number, number][] {
  const isTaken = others.map(() => false)
  const order = [...treated.keys()].sort((a, b) => treated[b]! - treated[a]! || a - b)
  return order.flatMap((own): [number, number][] => {
    let best = -1
    let distance = caliper
    others.forEach((logit, at) => {
      const apart = Math.abs(logit - treated[own]!)
      if (isTaken[at] === true || apart > distance || (apart === distance && best >= 0)) return
      best = at
      distance = apart
    })
    if (best < 0) return []
    isTaken[best] = true
    return [[own, best]]
  })
}
