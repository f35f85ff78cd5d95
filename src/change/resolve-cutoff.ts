import type { Better } from '../measures/measure.ts'
import { mean, sampleSd } from '../stats/describe.ts'
import type { ScorePair } from './change-result.ts'
import { clinicalCutoff, type Norm } from './jacobson-truax.ts'
import { type ChangeThresholds, SUPPLIED, type ThresholdOptions } from './threshold-types.ts'

const CUTOFF_FORMULAS = {
  a: 'M clinical ± 2 SD clinical, towards health',
  b: 'M functional ± 2 SD functional, away from health',
  c: '(SD clinical × M functional + SD functional × M clinical) / (SD clinical + SD functional)',
  score: 'a score',
} as const

/** The cut-off that the options give for these people, and where it came from. */
export function resolveCutoff(
  pairs: readonly ScorePair[],
  better: Better,
  options: ThresholdOptions,
): ChangeThresholds['cutoff'] {
  const { cutoff: kind, functional } = options
  const case_when = better === 'higher' ? ('below' as const) : ('at_or_above' as const)
  const noNorms = { clinical: null, clinical_origin: null, functional: null }
  if (typeof kind === 'number') {
    return { kind: 'score', formula: CUTOFF_FORMULAS.score, value: kind, case_when, ...noNorms, ...SUPPLIED }
  }
  if (kind === null) {
    const published = options.scale?.scale.cutoff ?? null
    if (published === null) return null
    return { kind: 'score', formula: CUTOFF_FORMULAS.score, ...published, ...noNorms, origin: 'registry' }
  }
  const clinical = kind === 'b' ? null : (options.clinical ?? sampleNorm(pairs))
  const value = clinicalCutoff(kind, { better, clinical, functional })
  if (value === null) return null
  const ofSample = kind !== 'b' && options.clinical === null
  return {
    kind,
    formula: CUTOFF_FORMULAS[kind],
    value,
    case_when,
    clinical,
    clinical_origin: kind === 'b' ? null : ofSample ? 'sample' : 'supplied',
    functional: kind === 'a' ? null : functional,
    origin: ofSample ? 'sample' : 'supplied',
    source: 'Jacobson & Truax 1991',
    status: null,
  }
}

function sampleNorm(pairs: readonly ScorePair[]): Norm | null {
  const baseline = pairs.map((pair) => pair.pre_score)
  const [ownMean, sd] = [mean(baseline), sampleSd(baseline)]
  return ownMean === null || sd === null ? null : { mean: ownMean, sd }
}
