import type { Better, Cutoff, EvidenceStatus, Scale } from '../measures/measure.ts'
import type { ChangeIndexId } from './change-index.ts'
import type { Boundary } from './change-rule.ts'
import type { Norm } from './jacobson-truax.ts'

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

export interface Origin {
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

export const SUPPLIED = { origin: 'supplied', source: 'given with the analysis', status: null } as const
