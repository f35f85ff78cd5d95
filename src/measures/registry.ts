import { core10 } from './core-10.ts'
import { dialog } from './dialog.ts'
import { eq5d5l } from './eq-5d-5l.ts'
import { fft } from './fft.ts'
import { gad7 } from './gad-7.ts'
import { gbo } from './gbo.ts'
import { itq } from './itq.ts'
import type { Better, CategoryScale, Measure, MeasureId, Scale } from './measure.ts'
import { pcl5 } from './pcl-5.ts'
import { phq9 } from './phq-9.ts'
import { reqol10 } from './reqol-10.ts'
import { reqol20 } from './reqol-20.ts'
import { wsas } from './wsas.ts'

export { isVerhoeffValid } from './verhoeff.ts'

/** Every instrument, in the order of the codebook. */
export const MEASURES: readonly Measure[] = [
  reqol10,
  reqol20,
  dialog,
  gbo,
  itq,
  pcl5,
  phq9,
  gad7,
  wsas,
  core10,
  eq5d5l,
  fft,
]

const BY_NAME: ReadonlyMap<string, Measure> = new Map(
  MEASURES.flatMap((measure) =>
    [measure.measure_id, measure.name, ...measure.aliases].map((name) => [plain(name), measure] as const),
  ),
)

/** The measure of an id, name or alias, without regard to case, spaces or punctuation: `ReQoL-10`, `reqol10`, `PHQ9`. Null where unknown. */
export function measureById(name: string): Measure | null {
  return BY_NAME.get(plain(name)) ?? null
}

/** A scale that gives a number; null where the measure has none of that id. */
export function scaleOf(measure_id: string, scale_id: string): Scale | null {
  return measureById(measure_id)?.scales.find((scale) => scale.scale_id === scale_id) ?? null
}

/** A scale that gives a word, such as ITQ `diagnosis`; null where the measure has none of that id. */
export function categoryScaleOf(measure_id: string, scale_id: string): CategoryScale | null {
  return measureById(measure_id)?.category_scales.find((scale) => scale.scale_id === scale_id) ?? null
}

/** A row of the table measure_scale. */
export interface MeasureScaleRow {
  readonly measure_id: MeasureId
  readonly scale_id: string
  readonly better: Better
  readonly min_score: number
  readonly max_score: number
  readonly national_change_points: number | null
}

/** Every scale that gives a person a number. Scales of words and of aggregates are not among them. */
export function measureScaleRows(): MeasureScaleRow[] {
  return MEASURES.filter((measure) => measure.kind === 'questionnaire').flatMap((measure) =>
    measure.scales.map((scale) => ({
      measure_id: measure.measure_id,
      scale_id: scale.scale_id,
      better: scale.better,
      min_score: scale.min,
      max_score: scale.max,
      national_change_points: scale.national_change_points,
    })),
  )
}

/** A row of the table answer_range. */
export interface AnswerRangeRow {
  readonly measure_id: MeasureId
  readonly lowest: number
  readonly highest: number
}

/** Every measure whose needed items are all answered on one range: what its answers say of their coding can be compared. */
export function answerRangeRows(): AnswerRangeRow[] {
  return MEASURES.filter((measure) => measure.kind === 'questionnaire').flatMap(({ measure_id, items }) => {
    const ranges = new Set(items.map(({ min, max }) => `${min} ${max}`))
    const [first] = items
    return ranges.size === 1 && first !== undefined ? [{ measure_id, lowest: first.min, highest: first.max }] : []
  })
}

/** What a SNOMED CT code stands for. min and max are those of the national lists: DIALOG items accept 8, which is no answer. */
export interface CodedScore {
  readonly measure_id: MeasureId
  readonly scale_id: string
  readonly min: number
  readonly max: number
}

/** By code, as text: an 18-digit code does not survive being a number. Older generations lead to the same scale. */
export const codedScores: ReadonlyMap<string, CodedScore> = new Map(
  MEASURES.flatMap(({ measure_id, scales }) =>
    scales.flatMap(({ scale_id, codes }) =>
      codes.map(({ code, min, max }) => [code, { measure_id, scale_id, min, max }] as const),
    ),
  ),
)

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
