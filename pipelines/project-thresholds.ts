import { z } from 'zod'
import type { IndexNorms } from '../src/change/compare-indices.ts'
import { clinicalCutoff, reliableChangeIndex } from '../src/change/jacobson-truax.ts'
import type { Measure, MeasureId, Scale } from '../src/measures/measure.ts'
import { MEASURES, measureById } from '../src/measures/registry.ts'
import { withThresholds } from '../src/measures/with-thresholds.ts'

const norm = z.tuple([z.number(), z.number().positive()])

const norms = z.strictObject({
  reliability: z.number().min(0).lt(1).optional().describe('Of the score, from 0 to below 1; with sd.'),
  sd: z.number().positive().optional().describe('Of first scores where the reliability was found.'),
  clinical: norm.optional().describe('Mean and SD of people in treatment.'),
  functional: norm.optional().describe('Mean and SD of people who are well.'),
  cutoff: z.enum(['a', 'b', 'c']).optional().describe('The cut-off of Jacobson and Truax that the two give.'),
})
type Norms = z.infer<typeof norms>

const indexNorms = z.strictObject({
  reliability: z
    .number()
    .min(0)
    .lt(1)
    .describe(
      'Of the score, from 0 to below 1, for the indices of reliable change shown beside the rule: it sets no threshold.',
    ),
  reliability_post: z.number().min(0).lt(1).optional().describe('Of last scores. Left out: the same.'),
  mean: z
    .number()
    .optional()
    .describe('Of first scores where the reliability was found. Left out: of the project’s own people.'),
  sd: z.number().positive().optional().describe('Of the same first scores. Left out: of the project’s own people.'),
})

const threshold = z.strictObject({
  reliable_change: z
    .number()
    .positive()
    .optional()
    .describe('Points of change, either way, that count; reached is enough.'),
  cutoff: z.number().optional().describe('The score at which, or below which, a person is in the clinical range.'),
  norms: norms.optional().describe('Instead of them: norms that both are worked out from (Jacobson and Truax 1991).'),
  index_norms: indexNorms
    .optional()
    .describe('What the other indices of reliable change are worked out from. It sets no threshold.'),
  source: z.string().min(1).describe('Who set it, or where it is published. Printed beside every number it decides.'),
})

/** What a project sets of one scale, norms worked out. */
export interface ProjectThreshold {
  readonly reliable_change?: number
  readonly cutoff?: number
  readonly source: string
  /** Left out: no reliability is known. */
  readonly indices?: IndexNorms
}

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

/** What the project knows of a scale's reliability; null where it says nothing. */
export function projectIndexNorms(
  thresholds: ProjectThresholds,
  measure_id: string,
  scale_id: string,
): IndexNorms | null {
  return thresholds[measure_id as MeasureId]?.[scale_id]?.indices ?? null
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

function within(scale: Scale) {
  return threshold
    .superRefine((it, context) => {
      const fault = faultOf(it)
      const faults = fault === null ? rangeFaults(it, scale) : [fault]
      for (const each of faults) context.addIssue({ code: 'custom', ...each })
    })
    .transform((it) => workedOut(it, scale))
}

interface Fault {
  readonly path: string[]
  readonly message: string
}

function rangeFaults(given: Given, scale: Scale): Fault[] {
  const { min, max } = scale
  const { cutoff, reliable_change } = workedOut(given, scale)
  const faults: Fault[] = []
  if (cutoff !== undefined && (cutoff < min || cutoff > max)) {
    const [path, message] = [['cutoff'], `is outside the score's range of ${min} to ${max}`]
    const byNorms = { path: ['norms'], message: `give a cut-off outside the score's range of ${min} to ${max}` }
    faults.push(given.norms?.cutoff === undefined ? { path, message } : byNorms)
  }
  if (reliable_change !== undefined && reliable_change > max - min) {
    const message = `more than the score can change, which is ${max - min}`
    const isOfNorms = given.norms?.reliability !== undefined
    faults.push({
      path: [isOfNorms ? 'norms' : 'reliable_change'],
      message: isOfNorms ? `give a reliable change of ${message}` : `is ${message}`,
    })
  }
  return faults
}

type Given = z.infer<typeof threshold>

function faultOf({ reliable_change, cutoff, norms: given, index_norms }: Given): Fault | null {
  if (given === undefined) {
    const isEmpty = reliable_change === undefined && cutoff === undefined && index_norms === undefined
    return isEmpty ? { path: [], message: 'needs reliable_change, cutoff or both, norms or index_norms' } : null
  }
  const norms = (message: string) => ({ path: ['norms'], message })
  if (reliable_change !== undefined && given.reliability !== undefined)
    return norms('give reliable_change or reliability')
  if (cutoff !== undefined && given.cutoff !== undefined) return norms('give cutoff or norms.cutoff')
  if ((given.reliability === undefined) !== (given.sd === undefined)) return norms('needs reliability and sd together')
  const missing = neededBy(given.cutoff).filter((name) => given[name] === undefined)
  if (missing.length > 0) return norms(`cut-off ${given.cutoff} needs ${missing.join(' and ')}`)
  const isEmpty = given.reliability === undefined && given.cutoff === undefined
  return isEmpty ? norms('needs reliability and sd, or cutoff') : null
}

function neededBy(cutoff: Norms['cutoff']): readonly ('clinical' | 'functional')[] {
  if (cutoff === undefined) return []
  return cutoff === 'a' ? ['clinical'] : cutoff === 'b' ? ['functional'] : ['clinical', 'functional']
}

/** Norms become points and a score; the source then says what they were worked out from. */
function workedOut({ norms: given, index_norms, ...rest }: Given, { better }: Scale): ProjectThreshold {
  const asNorm = (it: Norms['clinical']) => (it === undefined ? null : { mean: it[0], sd: it[1] })
  const points =
    given?.reliability === undefined || given.sd === undefined
      ? rest.reliable_change
      : reliableChangeIndex(given.sd, given.reliability).points
  const cutoff =
    given?.cutoff === undefined
      ? rest.cutoff
      : (clinicalCutoff(given.cutoff, {
          better,
          clinical: asNorm(given.clinical),
          functional: asNorm(given.functional),
        }) ?? undefined)
  return {
    ...(points === undefined ? {} : { reliable_change: points }),
    ...(cutoff === undefined ? {} : { cutoff }),
    source: given === undefined ? rest.source : `${rest.source} (${normWords(given)})`,
    ...indicesOf(given, index_norms, rest.source),
  }
}

/** What was given for the indices alone goes before what the threshold was worked out from. */
function indicesOf(given: Norms | undefined, alone: Given['index_norms'], source: string): { indices?: IndexNorms } {
  const known = alone ?? { ...given, mean: given?.clinical?.[0], reliability_post: undefined }
  const { reliability, reliability_post = null, mean = null, sd = null } = known
  return reliability === undefined ? {} : { indices: { reliability, reliability_post, mean, sd, source } }
}

function normWords({ reliability, sd, clinical, functional, cutoff }: Norms): string {
  const words = [
    reliability === undefined ? null : `1.96 × √2 × SD × √(1 − reliability), SD ${sd}, reliability ${reliability}`,
    cutoff === undefined ? null : `cut-off ${cutoff}`,
    clinical === undefined ? null : `clinical mean ${clinical[0]}, SD ${clinical[1]}`,
    functional === undefined ? null : `functional mean ${functional[0]}, SD ${functional[1]}`,
  ]
  return words.filter((it) => it !== null).join('; ')
}
