import type { GivenAnswer } from './check-answers.ts'
import { type Issue, message } from './issues.ts'
import type { Flags, Measure } from './measure.ts'
import { type FormScore, type ScoreOptions, scoreForm } from './score-form.ts'

/** Why a score is null, or how it came about. */
export interface ScoreDetail {
  readonly reason: string | null
  readonly n_answered: number
  readonly n_expected: number
  readonly method: string | null
}

/** One form as the `score` command gives it: the interface other programs read. An item's own score is its answer, and left out. */
export interface ScoredRow {
  readonly row: number
  readonly scores: Readonly<Record<string, number | null>>
  readonly flags: Flags
  readonly details: Readonly<Record<string, ScoreDetail>>
  readonly issues: readonly (Issue & { readonly message: string })[]
}

/** `form` is null where a line's cells do not fit its headings: nothing on it can be trusted. */
export function scoredRow(
  measure: Measure,
  form: readonly GivenAnswer[] | null,
  row: number,
  options: ScoreOptions,
): ScoredRow {
  const result = scoreForm(measure, form ?? [], options)
  const shown = Object.entries(result.scores).filter(([scale_id]) => !scale_id.startsWith('item_'))
  const issues: readonly Issue[] = form === null ? [{ code: 'cells_do_not_fit_headings' }] : result.issues
  return {
    row,
    scores: Object.fromEntries(shown.map(([scale_id, { score }]) => [scale_id, score])),
    flags: result.flags,
    details: { ...Object.fromEntries(shown.map(scoreDetail)), ...categoryDetails(result) },
    issues: issues.map((issue) => ({ ...issue, message: message(issue) })),
  }
}

function scoreDetail([scale_id, result]: [string, FormScore['scores'][string]]): [string, ScoreDetail] {
  const { status, n_answered, n_expected, method } = result
  return [scale_id, { reason: status === 'scored' ? null : status, n_answered, n_expected, method }]
}

function categoryDetails({ categories }: FormScore): Record<string, ScoreDetail> {
  return Object.fromEntries(
    Object.entries(categories).map(([scale_id, { status, n_answered, n_expected }]) => {
      const isScored = status === 'scored'
      return [
        scale_id,
        { reason: isScored ? null : status, n_answered, n_expected, method: isScored ? 'complete' : null },
      ]
    }),
  )
}
