import type { Better, Cutoff, EvidenceStatus, Scale } from '../measures/measure.ts'
import { mean, sampleSd } from '../stats/describe.ts'
import { CHANGE_INDEX_NOTES, type ChangeIndexId, type ChangeIndexReason, changeIndex } from './change-index.ts'
import type { ScorePair } from './change-result.ts'
import { type Boundary, type ChangeRule, percentRule, pointsRule } from './change-rule.ts'
import { clinicalCutoff, type Norm, reliableChangeIndex } from './jacobson-truax.ts'

/** Who says so: the codebook of measures, whoever ran the analysis, or these people's own scores. */
export type ThresholdOrigin = 'registry' | 'supplied' | 'sample'

export interface ThresholdOptions {
  readonly better: Better | null
  readonly reliability: number | null
  /** Of last scores, for the index NK; left out: as of first scores. */
  readonly reliability_post?: number | null
  /** Null: the SD of the baseline scores of everyone with both. */
  readonly sd: number | null
  /** Null: the baseline mean and SD of everyone with both. */
  readonly clinical: Norm | null
  readonly functional: Norm | null
  readonly cutoff: 'a' | 'b' | 'c' | number | null
  /** Left out: Jacobson and Truax. */
  readonly index?: ChangeIndexId
  /** A published reliable change or minimal important difference, in points; with it no index is computed. */
  readonly points?: number | null
  /** An anchor in per cent of the first score; with it no index is computed. */
  readonly percent?: number | null
  readonly boundary?: Boundary
  /** The lowest and highest score that the scale allows. */
  readonly range?: readonly [number, number] | null
  /** A scale of the codebook: its direction, threshold, cut-off and range where no other is given. */
  readonly scale?: { readonly measure_id: string; readonly scale: Scale } | null
}

export type RuleReason =
  | 'no_direction'
  | 'no_reliability'
  | 'no_baseline_spread'
  | 'no_published_threshold'
  | 'perfect_reliability'
  | 'unreliable_change'

interface Origin {
  readonly origin: ThresholdOrigin
  readonly source: string
  readonly status: EvidenceStatus | null
}

/** Every number that decides who is counted as what, and where it came from: printed beside the counts. */
export interface ChangeThresholds {
  readonly better: Better | null
  readonly reliable_change: {
    readonly rule: ChangeIndexId | 'points' | 'percent'
    readonly name: string
    readonly formula: string
    /** Null where the threshold depends on a person's own first score, or there is none. */
    readonly points: number | null
    /** The size from which a change counts, in the unit of the rule: SDs of error, points or per cent. */
    readonly critical: number
    readonly boundary: Boundary
    readonly warning: string | null
    readonly reliability: number | null
    readonly reliability_post: number | null
    readonly mean: number | null
    readonly mean_origin: ThresholdOrigin | null
    readonly sd: number | null
    readonly sd_origin: ThresholdOrigin | null
  } & Origin
  readonly reliable_change_reason: RuleReason | null
  readonly cutoff:
    | ({
        readonly kind: 'a' | 'b' | 'c' | 'score'
        readonly formula: string
        readonly value: number
        readonly case_when: Cutoff['case_when']
        readonly clinical: Norm | null
        readonly clinical_origin: ThresholdOrigin | null
        readonly functional: Norm | null
      } & Origin)
    | null
  readonly range: { readonly min: number; readonly max: number; readonly origin: ThresholdOrigin } | null
}

export interface ResolvedThresholds {
  readonly thresholds: ChangeThresholds
  readonly rule: ChangeRule | null
  readonly cutoff: Cutoff | null
}

/** The rule and cut-off that the options give for these people. What is supplied goes before the codebook, the codebook before the sample. */
export function resolveThresholds(pairs: readonly ScorePair[], options: ThresholdOptions): ResolvedThresholds {
  const better = options.better ?? options.scale?.scale.better ?? null
  const { described, rule, reason } = reliableChange(pairs, better, options)
  const cutoff = better === null ? null : cutoffOf(pairs, better, options)
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

const SUPPLIED = { origin: 'supplied', source: 'given with the analysis', status: null } as const
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
  const usesMean = id !== 'jt'
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
    origin: options.sd === null ? 'sample' : 'supplied',
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

const INDEX_REASONS: Readonly<Record<ChangeIndexReason, RuleReason>> = {
  no_spread: 'no_baseline_spread',
  perfect_reliability: 'perfect_reliability',
  unreliable_change: 'unreliable_change',
}

const CUTOFF_FORMULAS = {
  a: 'M clinical ± 2 SD clinical, towards health',
  b: 'M functional ± 2 SD functional, away from health',
  c: '(SD clinical × M functional + SD functional × M clinical) / (SD clinical + SD functional)',
  score: 'a score',
} as const

function cutoffOf(pairs: readonly ScorePair[], better: Better, options: ThresholdOptions): ChangeThresholds['cutoff'] {
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

function rangeOf({ range = null, scale = null }: ThresholdOptions): ChangeThresholds['range'] {
  if (range !== null) return { min: range[0], max: range[1], origin: 'supplied' }
  return scale === null ? null : { min: scale.scale.min, max: scale.scale.max, origin: 'registry' }
}
