import { dayNumber, isIsoDate } from '../domain/iso-date.ts'
import type { AssessmentRecordRow, AssessmentScoreRow, ScoredAssessment } from './assessment-rows.ts'
import type { Measure } from './measure.ts'

interface Goal {
  /** The nth goal that the person had under this number. */
  nth: number
  set_date: string | null
  last_rated_day: number | null
}

/**
 * Tells one goal from the next under the same number, for one person and referral, by the day that the export says it was set. A blank
 * day says nothing, and the goal stays the one it was; so does a day that is not after the last rating, where none was known before.
 */
export class GoalIdentities {
  readonly #goals = new Map<string, Goal>()

  /** Takes in the ratings of one day, before they are scored. */
  rate(measure: Measure, sitting: readonly AssessmentRecordRow[]): void {
    for (const record of sitting) {
      const { service_code, assessed_day } = record
      for (const { item_id, set_date } of ratingsOf(measure, record)) {
        const goal = this.#goalOf(service_code, item_id)
        if (set_date !== null && isAnother(goal, set_date)) goal.nth += 1
        goal.set_date = set_date ?? goal.set_date
        goal.last_rated_day = assessed_day
      }
    }
  }

  /** Scores of another goal than the first have a basis of their own, `goal1#2`, and so are never compared with the first's. */
  basedOnGoals(measure: Measure, scored: ScoredAssessment): ScoredAssessment {
    return { ...scored, rows: scored.rows.map((row) => ({ ...row, basis: this.#basisOf(measure, row) })) }
  }

  #goalOf(service_code: string, item_id: string): Goal {
    const key = `${service_code} ${item_id}`
    const goal = this.#goals.get(key) ?? { nth: 1, set_date: null, last_rated_day: null }
    this.#goals.set(key, goal)
    return goal
  }

  #basisOf(measure: Measure, { service_code, scale_id, basis }: AssessmentScoreRow): string | null {
    if (basis === null || basis === 'not_stated') return basis
    const items = measure.scales.find((it) => it.scale_id === scale_id)?.items ?? []
    const counted = basis === 'whole_scale' ? items : basis.split('+')
    const numbered = counted.map((item) => ({ item, nth: this.#goalOf(service_code, item).nth }))
    if (numbered.every(({ nth }) => nth === 1)) return basis
    return numbered.map(({ item, nth }) => (nth === 1 ? item : `${item}#${nth}`)).join('+')
  }
}

function isAnother({ set_date, last_rated_day }: Goal, now: string): boolean {
  if (set_date !== null) return set_date !== now
  return last_rated_day !== null && isIsoDate(now) && dayNumber(now) > last_rated_day
}

/** Which goals a record rates, and when each was set. */
function ratingsOf(measure: Measure, { items, supplied_scale, goals_set }: AssessmentRecordRow) {
  const dates = (goals_set ?? '').split(',')
  const of = (item_id: string, date: string | undefined) => ({ item_id, set_date: date || null })
  if (items !== null) {
    const answers = items.split(',')
    return measure.items.flatMap(({ item_id }, at) => (answers[at]?.trim() ? [of(item_id, dates[at])] : []))
  }
  const scale = measure.scales.find((it) => it.scale_id === supplied_scale && it.rule === 'item')
  return scale === undefined ? [] : [of(scale.items[0] as string, dates[0])]
}
