import type { Measure, Scale } from '../measures/measure.ts'
import { codedScores, measureById } from '../measures/registry.ts'

/** A scale that a score can be filed under, with the range that score may have. */
export interface ScoreTarget {
  readonly measure: Measure
  readonly scale: Scale
  readonly min: number
  readonly max: number
}

/** A questionnaire by id, name or alias. Counts with no person behind them are not found. */
export function questionnaire(name: string): Measure | undefined {
  const measure = measureById(name)
  return measure?.kind === 'questionnaire' ? measure : undefined
}

/** Where a bare score under a measure's name belongs: its total, else its mean. `dialog:item_3` names another scale. */
export function targetOfName(name: string): ScoreTarget | undefined {
  const [measureName = '', scaleId] = name.split(':')
  const isAsked = (scale: Scale) =>
    scaleId === undefined ? isWhole(scale) : scale.scale_id === scaleId.trim().toLowerCase()
  const measure = questionnaire(measureName)
  const scale = measure?.scales.find(isAsked)
  return measure === undefined || scale === undefined ? undefined : { measure, scale, min: scale.min, max: scale.max }
}

/** Where a score under a SNOMED CT code belongs. */
export function targetOfCode(code: string): ScoreTarget | undefined {
  const coded = codedScores.get(code)
  const measure = coded === undefined ? undefined : questionnaire(coded.measure_id)
  const scale = measure?.scales.find(({ scale_id }) => scale_id === coded?.scale_id)
  if (coded === undefined || measure === undefined || scale === undefined) return undefined
  return { measure, scale, min: coded.min, max: coded.max }
}

function isWhole(scale: Scale): boolean {
  return scale.scale_id === 'total' || scale.rule === 'mean' || scale.rule === 'mean_of_rated'
}
