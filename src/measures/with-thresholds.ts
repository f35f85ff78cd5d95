import type { Measure, Scale } from './measure.ts'

export interface ThresholdChoice {
  /** Points of reliable change. */
  readonly reliable_change?: number
  readonly cutoff?: number
}

/** The measure with a project's own thresholds on one scale, marked as the project's choice with its reason as the source. */
export function withThresholds(
  measure: Measure,
  scale_id: string,
  choice: ThresholdChoice,
  reason = 'set in this project',
): Measure {
  return {
    ...measure,
    scales: measure.scales.map((scale) => (scale.scale_id === scale_id ? chosen(scale, choice, reason) : scale)),
  }
}

function chosen(scale: Scale, { reliable_change, cutoff }: ThresholdChoice, source: string): Scale {
  const evidence = { source, status: 'CONFIGURED' } as const
  const case_when = scale.cutoff?.case_when ?? (scale.better === 'higher' ? 'below' : 'at_or_above')
  return {
    ...scale,
    reliable_change: reliable_change === undefined ? scale.reliable_change : { points: reliable_change, ...evidence },
    cutoff: cutoff === undefined ? scale.cutoff : { case_when, value: cutoff, ...evidence },
  }
}
