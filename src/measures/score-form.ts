import type { Answers } from './answers.ts'
import { checkAnswers, type GivenAnswer } from './check-answers.ts'
import { VALUE_SETS, type ValueSetId } from './eq-5d-5l.ts'
import { isCase } from './improvement.ts'
import type { Issue } from './issues.ts'
import type { Coding, Flags, Measure, Scale } from './measure.ts'
import { type MissingPolicy, type ScaleScore, scoreScale } from './score-scale.ts'

export interface ScoreOptions {
  readonly coding: Coding
  readonly missing?: MissingPolicy // confirmed
  readonly value_set?: ValueSetId // uk-2026
}

/** category is null when undecided (an answer is missing and the others do not settle it) or invalid. */
export type CategoryScore =
  | { readonly status: 'scored'; readonly category: string; readonly n_answered: number; readonly n_expected: number }
  | {
      readonly status: 'undecided' | 'invalid'
      readonly category: null
      readonly n_answered: number
      readonly n_expected: number
    }

export interface FormScore {
  readonly scores: Readonly<Record<string, ScaleScore>>
  readonly categories: Readonly<Record<string, CategoryScore>>
  readonly flags: Flags
  readonly issues: readonly Issue[]
}

/**
 * Scores one form, its answers given in the instrument's order. An answer that cannot be (off the range, not whole, not a
 * number) makes the whole form invalid: it is as likely the wrong coding or a slipped column as one wrong digit. A fault in
 * an optional item touches only the scales that use it.
 */
export function scoreForm(measure: Measure, given: readonly GivenAnswer[], options: ScoreOptions): FormScore {
  const { answers, issues } = checkAnswers(measure, given, options.coding)
  const required = measure.items.filter((item) => !item.is_optional)
  const isInvalid = required.some((item) => answers.get(item.item_id) === 'invalid')
  const judged: Answers = isInvalid ? new Map(measure.items.map((item) => [item.item_id, 'invalid'])) : answers
  return { ...scoreAnswers(measure, judged, options), issues }
}

/** Every scale, category and flag from answers already checked, each scale judged by its own items. */
export function scoreAnswers(measure: Measure, answers: Answers, options: ScoreOptions): Omit<FormScore, 'issues'> {
  const scaleOptions = { missing: options.missing ?? 'confirmed', value_set: options.value_set ?? 'uk-2026' } as const
  const scores = Object.fromEntries(
    measure.scales.map((scale) => [scale.scale_id, scoreScale(measure, scale, answers, scaleOptions)]),
  )
  const flags = { ...ownFlags(measure, answers), ...scoreFlags(measure, scores) }
  if (measure.measure_id === 'eq-5d-5l') Object.assign(flags, { value_set: VALUE_SETS[scaleOptions.value_set].name })
  return { scores, categories: categoriesOf(measure, answers, flags), flags }
}

function ownFlags(measure: Measure, answers: Answers): Flags {
  const found = measure.flags?.(answers) ?? {}
  if (!hasInvalid(measure, answers)) return { ...found, ...riskFlag(measure, answers) }
  return Object.fromEntries(Object.keys({ ...found, ...riskFlag(measure, answers) }).map((name) => [name, null]))
}

function hasInvalid(measure: Measure, answers: Answers): boolean {
  return measure.items.some((item) => !item.is_optional && answers.get(item.item_id) === 'invalid')
}

/** Any answer to the risk item but the best one. */
function riskFlag(measure: Measure, answers: Answers): Flags {
  const item = measure.items.find(({ item_id }) => item_id === measure.risk_item)
  if (item === undefined) return {}
  const answer = answers.get(item.item_id)
  const best = measure.better === 'higher' ? item.max : item.min
  return { risk_item_endorsed: typeof answer === 'number' ? answer !== best : null }
}

function scoreFlags(measure: Measure, scores: Readonly<Record<string, ScaleScore>>): Flags {
  return Object.assign({}, ...measure.scales.map((scale) => flagsOfScale(scale, scores[scale.scale_id])))
}

function flagsOfScale({ cutoff, bands }: Scale, result: ScaleScore | undefined): Flags {
  const score = result?.score ?? null
  // A severity was described for all the items: not for a total that leaves one out.
  const graded = result?.method === 'not_applicable_left_out' ? null : score
  return {
    ...(cutoff === null
      ? {}
      : {
          at_or_above_cutoff: score === null ? null : score >= cutoff.value,
          is_case: score === null ? null : isCase(cutoff, score),
        }),
    ...(bands.length === 0
      ? {}
      : { severity: graded === null ? null : (bands.findLast(({ from }) => graded >= from)?.severity ?? null) }),
  }
}

function categoriesOf(measure: Measure, answers: Answers, flags: Flags): Record<string, CategoryScore> {
  const n_answered = measure.items.filter(({ item_id }) => typeof answers.get(item_id) === 'number').length
  const counts = { n_answered, n_expected: measure.items.length }
  return Object.fromEntries(
    measure.category_scales.map(({ scale_id }) => {
      const category = flags[scale_id]
      if (typeof category === 'string') return [scale_id, { status: 'scored', category, ...counts }]
      return [scale_id, { status: hasInvalid(measure, answers) ? 'invalid' : 'undecided', category: null, ...counts }]
    }),
  )
}
