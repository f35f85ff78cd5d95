import { pearson, sampleSd } from '../stats/describe.ts'
import type { ScorePair } from './change-result.ts'

/** Published indices of reliable change. `jt` is the default; the others are for who asks for them. */
export const CHANGE_INDICES = ['jt', 'gln', 'hll', 'en', 'nk', 'ha'] as const
export type ChangeIndexId = (typeof CHANGE_INDICES)[number]

export interface ChangeIndexNote {
  readonly name: string
  readonly formula: string
  readonly source: string
  /** The size from which a change is called reliable. */
  readonly critical: number
  /** What a reader must be told beside the counts; null for the default. */
  readonly warning: string | null
}

/** x1, x2: a person's first and last score; M1, M2, s1, s2: means and SDs of first and last scores; r: reliability; SEM: s1 √(1 − r). */
export const CHANGE_INDEX_NOTES: Readonly<Record<ChangeIndexId, ChangeIndexNote>> = {
  jt: {
    name: 'Jacobson and Truax',
    formula: '(x2 − x1) / (√2 SEM)',
    source: 'Jacobson & Truax 1991',
    critical: 1.96,
    warning: null,
  },
  gln: {
    name: 'Gulliksen, Lord and Novick',
    formula: '[(x2 − M1) − r (x1 − M1)] / (s1 √(1 − r²))',
    source: 'Hsu 1989',
    critical: 1.96,
    warning:
      'Expects every first score to fall back towards M1. It is right only if M1 is the mean of the population that people come from: with the mean of the people treated, those who start worse than it need to gain more to be called improved.',
  },
  hll: {
    name: 'Hsu, Linn and Lord',
    formula: '[(x2 − M2) − r (x1 − M1)] / (s1 √(1 − r²))',
    source: 'Hsu 1989',
    critical: 1.96,
    warning:
      'Compares each person with the mean change of this sample, not with no change. Where most people improve, about half lie below that mean, and some of them are called deteriorated although their scores got better.',
  },
  en: {
    name: 'Edwards and Nunnally',
    formula: '(x2 − [r (x1 − M1) + M1]) / SEM',
    source: 'Speer 1992',
    critical: 1.96,
    warning:
      'Allows for measurement error in the first score only. The last score has error too, so more people are called changed than measurement error allows.',
  },
  nk: {
    name: 'Nunnally and Kotsch',
    formula: '(x2 − [r (x1 − M1) + M1]) / √(r² s1² (1 − r) + s1² (1 − r2))',
    source: 'Nunnally & Kotsch 1983',
    critical: 1.96,
    warning:
      'Needs the reliability of last scores, r2, besides that of first scores; where it is not given it is taken to be the same. Expects first scores to fall back towards M1.',
  },
  ha: {
    name: 'Hageman and Arrindell',
    formula: '[(x2 − x1) R + (M2 − M1) (1 − R)] / (√R √2 SEM), R the reliability of the change',
    source: 'Hageman & Arrindell 1999',
    critical: 1.645,
    warning:
      'Each side is tested at 5% alone (1.645, not 1.96), and R is estimated from these people’s own spread and correlation: with few people it is unstable, and each person is pulled towards the mean change of the sample.',
  },
}

export interface ChangeIndexInputs {
  /** Reliability of first scores, from 0 to below 1. */
  readonly reliability: number
  readonly reliability_post: number
  /** M1 and s1: of the norm given, or of the sample. */
  readonly mean: number
  readonly sd: number
  /** Everyone with both scores: M2, s2 and the correlation where an index needs them. */
  readonly pairs: readonly ScorePair[]
}

export type ChangeIndexReason = 'no_spread' | 'perfect_reliability' | 'unreliable_change'

/** Signed as measured: positive is a higher last score. */
export type ChangeIndex =
  | { readonly of: (pre: number, post: number) => number; readonly reason: null }
  | { readonly of: null; readonly reason: ChangeIndexReason }

/** The index of a person's change, ready to be compared with `critical`; or why there is none. */
export function changeIndex(id: ChangeIndexId, inputs: ChangeIndexInputs): ChangeIndex {
  const { reliability: r, reliability_post: r2, mean: m1, sd } = inputs
  if (!(sd > 0)) return { of: null, reason: 'no_spread' }
  if (r >= 1) return { of: null, reason: 'perfect_reliability' }
  const sem = sd * Math.sqrt(1 - r)
  const expected = (pre: number) => r * (pre - m1) + m1
  const residual = sd * Math.sqrt(1 - r * r)
  switch (id) {
    case 'jt':
      return found((pre, post) => (post - pre) / (Math.SQRT2 * sem))
    case 'gln':
      return found((pre, post) => (post - expected(pre)) / residual)
    case 'hll': {
      const m2 = meanOf(inputs.pairs.map((pair) => pair.post_score))
      return found((pre, post) => (post - m2 - r * (pre - m1)) / residual)
    }
    case 'en':
      return found((pre, post) => (post - expected(pre)) / sem)
    case 'nk': {
      const spread = sd * Math.sqrt(r * r * (1 - r) + (1 - r2))
      return found((pre, post) => (post - expected(pre)) / spread)
    }
    case 'ha':
      return hagemanArrindell(inputs.pairs, sem)
  }
}

/** R is the share of the variance of change that is not error: 1 − 2 SEM² / var(x2 − x1), from s1, s2 and their correlation. */
function hagemanArrindell(pairs: readonly ScorePair[], sem: number): ChangeIndex {
  const pre = pairs.map((pair) => pair.pre_score)
  const post = pairs.map((pair) => pair.post_score)
  const [s1, s2, correlation] = [sampleSd(pre), sampleSd(post), pearson(pre, post)]
  if (!s1 || !s2 || correlation === null) return { of: null, reason: 'no_spread' }
  const variance = s1 ** 2 + s2 ** 2 - 2 * s1 * s2 * correlation
  const ofChange = variance <= 0 ? 0 : (variance - 2 * sem ** 2) / variance
  if (ofChange <= 1e-12) return { of: null, reason: 'unreliable_change' }
  const meanChange = meanOf(post) - meanOf(pre)
  const scale = Math.sqrt(ofChange) * Math.SQRT2 * sem
  return found((pre, post) => ((post - pre) * ofChange + meanChange * (1 - ofChange)) / scale)
}

function found(of: (pre: number, post: number) => number): ChangeIndex {
  return { of, reason: null }
}

/** Of at least one value. */
function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
