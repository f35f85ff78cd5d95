import type { Better, Cutoff } from '../measures/measure.ts'
import { mean, sampleSd } from '../stats/describe.ts'
import { CHANGE_INDEX_NOTES, type ChangeIndexId, type ChangeIndexReason, changeIndex } from './change-index.ts'
import type { ScorePair } from './change-result.ts'
import { type Boundary, type ChangeRule, percentRule, pointsRule } from './change-rule.ts'
import { reliableChangeIndex } from './jacobson-truax.ts'
import { resolveCutoff } from './resolve-cutoff.ts'
import {
  type ChangeThresholds,
  type Origin,
  type RuleReason,
  SUPPLIED,
  type ThresholdOptions,
} from './threshold-types.ts'

export interface ResolvedThresholds {
  readonly thresholds: ChangeThresholds
  readonly rule: ChangeRule | null
  readonly cutoff: Cutoff | null
}

/** The rule and cut-off that the options give for these people. What is supplied goes before the codebook, the codebook before the sample. */
export function resolveThresholds(pairs: readonly ScorePair[], options: ThresholdOptions): ResolvedThresholds {
  const better = options.better ?? options.scale?.scale.better ?? null
  const { described, rule, reason } = reliableChange(pairs, better, options)
  const cutoff = better === null ? null : resolveCutoff(pairs, better, options)
  return {
    thresholds: {
      better,
      reliable_change: described,
      reliable_change_reason: reason,
      cutoff,
      range: rangeOf(options),
    },
    rule,
    cutoff:
      cutoff === null
        ? null
        : {
            case_when: cutoff.case_when,
            value: cutoff.value,
            source: cutoff.source,
            status: cutoff.status ?? 'CONFIGURED',
          },
  }
}

type Described = ChangeThresholds['reliable_change']
interface Resolved {
  readonly described: Described
  readonly rule: ChangeRule | null
  readonly reason: RuleReason | null
}

const NO_INPUTS = {
  reliability: null,
  reliability_post: null,
  mean: null,
  mean_origin: null,
  sd: null,
  sd_origin: null,
} as const

function reliableChange(pairs: readonly ScorePair[], better: Better | null, options: ThresholdOptions): Resolved {
  const boundary = options.boundary ?? 'inclusive'
  if (options.percent != null) return percentChange(better, boundary, options.percent)
  if (options.points != null) return fixedPoints(better, boundary, options.points, SUPPLIED)
  if (options.reliability !== null || options.index !== undefined) return byIndex(pairs, better, boundary, options)
  const published = options.scale?.scale.reliable_change ?? null
  if (published !== null) {
    const { points, source, status } = published
    return fixedPoints(better, boundary, points, { origin: 'registry', source, status })
  }
  const none = byIndex(pairs, better, boundary, options)
  return options.scale ? { ...none, reason: none.reason === null ? null : 'no_published_threshold' } : none
}

function fixedPoints(better: Better | null, boundary: Boundary, points: number, origin: Origin): Resolved {
  return {
    described: {
      rule: 'points',
      name: origin.origin === 'registry' ? 'Published threshold of the measure' : 'Points given with the analysis',
      formula: 'x2 − x1',
      points,
      critical: points,
      boundary,
      warning: null,
      ...NO_INPUTS,
      ...origin,
    },
    rule: better === null ? null : pointsRule(better, boundary, points),
    reason: better === null ? 'no_direction' : null,
  }
}

function percentChange(better: Better | null, boundary: Boundary, percent: number): Resolved {
  return {
    described: {
      rule: 'percent',
      name: 'Per cent of the first score',
      formula: '100 (x2 − x1) / x1',
      points: null,
      critical: percent,
      boundary,
      warning:
        'A share of the first score depends on where the scale starts, and takes fewer points the lower the first score is. A first score of 0 has none: such people are counted apart.',
      ...NO_INPUTS,
      ...SUPPLIED,
    },
    rule: better === null ? null : percentRule(better, boundary, percent),
    reason: better === null ? 'no_direction' : null,
  }
}

function byIndex(
  pairs: readonly ScorePair[],
  better: Better | null,
  boundary: Boundary,
  options: ThresholdOptions,
): Resolved {
  const id = options.index ?? 'jt'
  const { name, formula, source, critical, warning } = CHANGE_INDEX_NOTES[id]
  const { reliability, clinical } = options
  const baseline = pairs.map((pair) => pair.pre_score)
  const sd = options.sd ?? sampleSd(baseline)
  const centre = clinical?.mean ?? mean(baseline)
  const r2 = options.reliability_post ?? reliability
  const usesMean = USES_MEAN.has(id)
  const isOfSample = options.sd === null || (usesMean && clinical === null) || USES_SAMPLE.has(id)
  const described: Described = {
    rule: id,
    name,
    formula,
    points: id === 'jt' && reliability !== null && sd ? reliableChangeIndex(sd, reliability).points : null,
    critical,
    boundary,
    warning,
    reliability,
    reliability_post: id === 'nk' ? r2 : null,
    mean: usesMean ? centre : null,
    mean_origin: !usesMean || centre === null ? null : clinical === null ? 'sample' : 'supplied',
    sd,
    sd_origin: sd === null ? null : options.sd === null ? 'sample' : 'supplied',
    origin: isOfSample ? 'sample' : 'supplied',
    source,
    status: null,
  }
  const none = (reason: RuleReason): Resolved => ({ described, rule: null, reason })
  if (better === null) return none('no_direction')
  if (reliability === null) return none('no_reliability')
  if (!sd || centre === null) return none('no_baseline_spread')
  const index = changeIndex(id, { reliability, reliability_post: r2 ?? reliability, mean: centre, sd, pairs })
  if (index.of === null) return none(INDEX_REASONS[index.reason])
  return { described, rule: { better, boundary, critical, size: index.of }, reason: null }
}

/** Indices that take a mean of first scores; HA takes that of the sample and no other. */
const USES_MEAN: ReadonlySet<ChangeIndexId> = new Set(['gln', 'hll', 'en', 'nk'])
/** Indices that look at the sample's own last scores, whatever norms are given. */
const USES_SAMPLE: ReadonlySet<ChangeIndexId> = new Set(['hll', 'ha'])

const INDEX_REASONS: Readonly<Record<ChangeIndexReason, RuleReason>> = {
  no_spread: 'no_baseline_spread',
  perfect_reliability: 'perfect_reliability',
  unreliable_change: 'unreliable_change',
}

function rangeOf({ range = null, scale = null }: ThresholdOptions): ChangeThresholds['range'] {
  if (range !== null) return { min: range[0], max: range[1], origin: 'supplied' }
  return scale === null ? null : { min: scale.scale.min, max: scale.scale.max, origin: 'registry' }
}
