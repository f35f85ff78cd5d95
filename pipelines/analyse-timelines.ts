import type { OutcomeAnalysis, ServiceName, Timeline, TimelineMark } from '../reports/analysis.ts'
import { scaleWords } from '../reports/parts/measure-words.ts'
import { addMonths, dateOfDay, dayNumber } from '../src/domain/iso-date.ts'
import type { Store } from '../src/store/open.ts'
import { readUseByMonth } from '../src/store/queries/use-days.ts'
import { type Marts, scaleKey } from './read-marts.ts'

/** So many people can be looked through on a page. */
const MOST_TIMELINES = 200

/** Events and scores of each person by month from joining, for the first people of a service by their number in the store. */
export async function analyseTimelines(
  { kysely }: Store,
  { code }: ServiceName,
  outcomes: readonly OutcomeAnalysis[],
  marts: Marts,
): Promise<Timeline[]> {
  const people = marts.index_people.filter((it) => it.service_code === code).slice(0, MOST_TIMELINES)
  const last = people.at(-1)?.person_key
  if (last === undefined) return []
  const marks = new Map<number, TimelineMark[]>(people.map((it) => [it.person_key, []]))
  for (const { person_key, month_offset, event_type, events } of await readUseByMonth(kysely, code, last))
    marks.get(person_key)?.push({ month_offset, event_type, n: events })
  const joined = new Map(people.map((it) => [it.person_key, it.index_day]))
  for (const { measure_id, scale_id, measure_name, scale_label } of outcomes) {
    const scale = scaleWords(measure_name, scale_id, scale_label)
    for (const it of marts.timepoints.get(scaleKey({ service_code: code, measure_id, scale_id })) ?? []) {
      const index_day = joined.get(it.person_key)
      if (index_day === undefined) continue
      const month_offset = monthsFrom(index_day, it.assessed_day)
      marks.get(it.person_key)?.push({ month_offset, scale, score: it.score })
    }
  }
  return [...marks].map(([person_key, own]) => ({
    person_key,
    marks: own.toSorted((a, b) => a.month_offset - b.month_offset),
  }))
}

/** Whole months from one day to another, as windows count them: negative before. */
function monthsFrom(from: number, day: number): number {
  const date = dateOfDay(from)
  let months = Math.floor((day - from) / 31)
  while (dayNumber(addMonths(date, months + 1)) <= day) months++
  return months
}
