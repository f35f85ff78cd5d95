import { DAYS_PER_YEAR } from './compare-rates.ts'
import type { MonthRate, UsageMonthRow } from './usage-result.ts'
import { usageSubjects } from './usage-subject.ts'

/**
 * Events by month from joining (-12..-1 before, 0..11 after) with the person-months under each, for each event type
 * supplied and each declared group. Person-time is the same whatever the type, so a group's is not added up.
 */
export function monthSeries(rows: readonly UsageMonthRow[]): MonthRate[] {
  return usageSubjects(new Set(rows.map((row) => row.event_type))).flatMap((subject) => {
    const own = rows.filter((row) => subject.event_types.some((type) => type === row.event_type))
    const offsets = [...new Set(own.map((row) => row.month_offset))].sort((a, b) => a - b)
    return offsets.map((offset) =>
      monthRate(
        subject.usage_id,
        own.filter((row) => row.month_offset === offset),
      ),
    )
  })
}

function monthRate(usage_id: string, rows: readonly UsageMonthRow[]): MonthRate {
  const events = rows.reduce((total, row) => total + row.events, 0)
  const person_days = Math.max(...rows.map((row) => row.person_days))
  return {
    usage_id,
    month_offset: (rows[0] as UsageMonthRow).month_offset,
    events,
    person_months: person_days / (DAYS_PER_YEAR / 12),
    n_people: Math.max(...rows.map((row) => row.n_people)),
    rate: person_days === 0 ? null : events / (person_days / DAYS_PER_YEAR),
  }
}
