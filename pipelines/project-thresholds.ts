import { z } from 'zod'
import type { Measure, MeasureId, Scale } from '../src/measures/measure.ts'
import { MEASURES, measureById } from '../src/measures/registry.ts'
import { withThresholds } from '../src/measures/with-thresholds.ts'

const threshold = z
  .strictObject({
    reliable_change: z
      .number()
      .positive()
      .optional()
      .describe('Points of change, either way, that count; reached is enough.'),
    cutoff: z.number().optional().describe('The score at which, or below which, a person is in the clinical range.'),
    source: z.string().min(1).describe('Who set it, or where it is published. Printed beside every number it decides.'),
  })
  .refine((it) => it.reliable_change !== undefined || it.cutoff !== undefined, 'needs reliable_change, cutoff or both')

/** What a project sets of one scale. */
export type ProjectThreshold = z.infer<typeof threshold>

/** By measure id, then scale id. Only scales that give a person a number are there to be set. */
export type ProjectThresholds = Readonly<Partial<Record<MeasureId, Readonly<Record<string, ProjectThreshold>>>>>

/** The `measures` section of the project file: every measure and scale is a key of its own, so that any other is refused. */
export const thresholdsSchema = z
  .strictObject(
    Object.fromEntries(
      MEASURES.filter(({ kind }) => kind === 'questionnaire').map(({ measure_id, scales }) => [
        measure_id,
        z
          .strictObject(Object.fromEntries(scales.map((scale) => [scale.scale_id, within(scale).optional()])))
          .optional(),
      ]),
    ),
  )
  .transform((it) => it as ProjectThresholds)

/** The measure with the project's own thresholds, each marked CONFIGURED; null where there is no such measure. */
export function projectMeasure(thresholds: ProjectThresholds, name: string): Measure | null {
  const measure = measureById(name)
  return measure === null ? null : withProjectThresholds(thresholds, measure)
}

/** The scale with the project's own thresholds; null where the measure has no such scale. */
export function projectScale(thresholds: ProjectThresholds, measure_id: string, scale_id: string): Scale | null {
  return projectMeasure(thresholds, measure_id)?.scales.find((scale) => scale.scale_id === scale_id) ?? null
}

export function withProjectThresholds(thresholds: ProjectThresholds, measure: Measure): Measure {
  return Object.entries(thresholds[measure.measure_id] ?? {}).reduce(
    (sofar, [scale_id, { source, reliable_change, cutoff }]) =>
      withThresholds(
        sofar,
        scale_id,
        { ...(reliable_change === undefined ? {} : { reliable_change }), ...(cutoff === undefined ? {} : { cutoff }) },
        source,
      ),
    measure,
  )
}

function within({ min, max }: Scale) {
  return threshold.superRefine(({ cutoff, reliable_change }, context) => {
    if (cutoff !== undefined && (cutoff < min || cutoff > max)) {
      context.addIssue({
        code: 'custom',
        path: ['cutoff'],
        message: `is outside the score's range of ${min} to ${max}`,
      })
    }
    if (reliable_change !== undefined && reliable_change > max - min) {
      context.addIssue({
        code: 'custom',
        path: ['reliable_change'],
        message: `is more than the score can change, which is ${max - min}`,
      })
    }
  })
}
