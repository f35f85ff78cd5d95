import type { Answer } from './answers.ts'
import type { AssessmentRecordRow, AssessmentScoreRow } from './assessment-rows.ts'
import { checkAnswers } from './check-answers.ts'
import { scale } from './define.ts'
import type { Measure } from './measure.ts'
import { measureById } from './registry.ts'
import { reqolUtility, type UtilityAlgorithm, type UtilityResult } from './reqol-ui.ts'
import { computedRow } from './score-rows.ts'
import type { ScaleScore } from './score-scale.ts'

/** A licence holder's algorithm with the seven ReQoL items it is about, in its own order. */
export interface UtilityTable extends UtilityAlgorithm {
  readonly items: readonly string[]
}

export const UTILITY_MEASURES = ['reqol-10', 'reqol-20'] as const
export const UTILITY_SCALE_ID = 'utility'
const BEST_DIGIT = 4

/**
 * ReQoL-UI of every form whose items are kept. Level 1 is the best answer to an item and 5 the worst: five less the scored digit.
 * A form that lacks one of the seven has no utility: it is not worked out from the others.
 */
export function utilityRows(records: readonly AssessmentRecordRow[], table: UtilityTable): AssessmentScoreRow[] {
  return records.flatMap((record) => {
    const measure = UTILITY_MEASURES.some((id) => id === record.measure_id) ? measureById(record.measure_id) : null
    return measure === null || record.items === null ? [] : [utilityRow(record, measure, table)]
  })
}

function utilityRow(record: AssessmentRecordRow, measure: Measure, table: UtilityTable): AssessmentScoreRow {
  const { answers } = checkAnswers(measure, (record.items ?? '').split(','), record.coding)
  const levels = table.items.map((item) => levelOf(answers.get(item)))
  const isInvalid = table.items.some((item) => answers.get(item) === 'invalid')
  const n_answered = levels.filter((level) => level !== null).length
  const result: UtilityResult = isInvalid ? { status: 'invalid', utility: null } : reqolUtility(levels, table)
  const [min, max] = table.range
  const own = scale({
    scale_id: UTILITY_SCALE_ID,
    label: `ReQoL-UI (${table.country})`,
    min,
    max,
    better: 'higher',
    rule: 'value_set',
    items: table.items,
  })
  return computedRow(record, own, scaleScore(result, n_answered, levels.length))
}

function levelOf(answer: Answer | undefined): number | null {
  return typeof answer === 'number' ? BEST_DIGIT + 1 - answer : null
}

function scaleScore(result: UtilityResult, n_answered: number, n_expected: number): ScaleScore {
  const counts = { n_answered, n_expected }
  if (result.status === 'scored')
    return { status: 'scored', score: result.utility, ...counts, method: 'complete', basis: 'whole_scale' }
  return {
    status: result.status === 'invalid' ? 'invalid' : 'too_many_missing',
    score: null,
    ...counts,
    method: null,
    basis: null,
  }
}
