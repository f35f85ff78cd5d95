import type { Evidence, Scale } from './measure.ts'
import { NHSE_PROMS } from './sources.ts'

/** One threshold of a scale with where it comes from. is_default: the one this product uses unless told otherwise. */
export interface ThresholdEntry extends Evidence {
  readonly kind: 'reliable_change' | 'cutoff' | 'national_change' | 'legacy'
  readonly value: number
  readonly meaning: string
  readonly is_default: boolean
}

/** Every threshold of a scale: those in use first, then others that are published or used elsewhere. */
export function thresholdsOf(scale: Pick<Scale, Thresholds>): ThresholdEntry[] {
  return [
    ...reliableChange(scale),
    ...cutoff(scale),
    ...nationalChange(scale),
    ...scale.other_thresholds.map((other) => ({ ...other, is_default: false })),
  ]
}

type Thresholds = 'reliable_change' | 'cutoff' | 'national_change_points' | 'other_thresholds'

function reliableChange({ reliable_change }: Pick<Scale, 'reliable_change'>): ThresholdEntry[] {
  if (reliable_change === null) return []
  const { points: value, source, status } = reliable_change
  return [{ kind: 'reliable_change', value, meaning: 'points or more, either way', is_default: true, source, status }]
}

function cutoff({ cutoff }: Pick<Scale, 'cutoff'>): ThresholdEntry[] {
  if (cutoff === null) return []
  const { case_when, value, source, status } = cutoff
  const meaning = `${case_when === 'below' ? 'below' : 'at or above'} it is the clinical range`
  return [{ kind: 'cutoff', value, meaning, is_default: true, source, status }]
}

function nationalChange({ national_change_points: value }: Pick<Scale, 'national_change_points'>): ThresholdEntry[] {
  if (value === null) return []
  const meaning = 'points or more, counted by the national rule'
  return [{ kind: 'national_change', value, meaning, is_default: true, source: NHSE_PROMS, status: 'CONFIRMED' }]
}
