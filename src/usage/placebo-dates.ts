import type { PlaceboDates, UsageMonthRow } from './usage-result.ts'

/** Months on each side of a date. */
const MONTHS = 3

/**
 * Dates on which nobody joined, all of them in the time before joining: how often was use in the three months after such a date as far
 * below the three before it as on the real one? `rows`: of one kind of use, by month from joining. Null where the real one has no ratio.
 */
export function placeboDates(rows: readonly UsageMonthRow[]): PlaceboDates | null {
  const first = Math.min(...rows.map((row) => row.month_offset))
  const real = ratioAt(rows, 0)
  if (real === null) return null
  const placebo = Array.from({ length: Math.max(0, -first - 2 * MONTHS + 1) }, (_, at) =>
    ratioAt(rows, first + MONTHS + at),
  )
  const ratios = placebo.filter((ratio) => ratio !== null)
  if (ratios.length === 0) return null
  return { months: MONTHS, ratio: real, n_dates: ratios.length, n_as_low: ratios.filter((it) => it <= real).length }
}

/** Rate in the months from one on over that of as many before it; null without events before, or time on either side. */
function ratioAt(rows: readonly UsageMonthRow[], month: number): number | null {
  const before = rateOf(rows, month - MONTHS, month)
  const after = rateOf(rows, month, month + MONTHS)
  return before === null || after === null || before === 0 ? null : after / before
}

/** Events of all types over days, which are the same whatever the type. */
function rateOf(rows: readonly UsageMonthRow[], from: number, to: number): number | null {
  const own = rows.filter((row) => row.month_offset >= from && row.month_offset < to)
  const days = new Map(own.map((row) => [row.month_offset, row.person_days]))
  const total = [...days.values()].reduce((sum, value) => sum + value, 0)
  return total === 0 ? null : own.reduce((sum, row) => sum + row.events, 0) / total
}
