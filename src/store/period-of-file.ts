import { dateOfDay } from '../domain/iso-date.ts'
import { periodText } from '../domain/period.ts'

interface Days {
  readonly period_start_day: number | null
  readonly period_end_day: number | null
}

/** The days that a file is the submission for, as `--period` writes them; null where nobody says. */
export function periodOfFile({ period_start_day, period_end_day }: Days): string | null {
  if (period_start_day === null || period_end_day === null) return null
  return periodText({ start: dateOfDay(period_start_day), end: dateOfDay(period_end_day) })
}
