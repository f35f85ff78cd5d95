import { addMonths, dateOfDay, dayNumber, type IsoDate } from './iso-date.ts'

export interface DatedValue {
  readonly date: IsoDate
  readonly value: number | null
}

/** `every`: what the dates go by; null where they go by nothing regular, so that no date can be called missing. */
export interface RegularSeries {
  readonly every: { readonly n: number; readonly unit: 'months' | 'weeks' } | null
  readonly rows: readonly DatedValue[]
}

/** Dates in order, with a row of no value for each one missing between them: months where no month holds two dates, else whole weeks. */
export function regularSeries(given: readonly DatedValue[]): RegularSeries {
  const rows = given.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  const [first] = rows
  if (first === undefined || rows.length < 2) return { every: null, rows }
  const months = rows.map((row) => monthNumber(row.date))
  const monthStep = stepOf(months)
  if (monthStep > 0 && isMonthly(rows)) {
    const filled = fill(rows, months, monthStep, (steps) => addMonths(first.date, steps * monthStep))
    return { every: { n: monthStep, unit: 'months' }, rows: filled }
  }
  const days = rows.map((row) => dayNumber(row.date))
  const dayStep = stepOf(days)
  if (dayStep === 0 || dayStep % 7 !== 0) return { every: null, rows }
  const filled = fill(rows, days, dayStep, (steps) => dateOfDay((days[0] as number) + steps * dayStep))
  return { every: { n: dayStep / 7, unit: 'weeks' }, rows: filled }
}

/** One day of the month throughout (the last day may move), or at least 28 days apart. */
function isMonthly(rows: readonly DatedValue[]): boolean {
  const days = rows.map((row) => dayNumber(row.date))
  return days.every((day, at) => at === 0 || day - (days[at - 1] as number) >= 28)
}

/** The largest step that reaches every place; 0 where two are the same. */
function stepOf(places: readonly number[]): number {
  const gaps = places.slice(1).map((place, at) => place - (places[at] as number))
  return gaps.includes(0) ? 0 : gaps.reduce((a, b) => commonDivisor(a, b))
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

function fill(
  rows: readonly DatedValue[],
  places: readonly number[],
  step: number,
  dateAfter: (steps: number) => IsoDate,
): DatedValue[] {
  const start = places[0] as number
  const known = new Map(rows.map((row, at) => [((places[at] as number) - start) / step, row]))
  const last = ((places.at(-1) as number) - start) / step
  return Array.from({ length: last + 1 }, (_, at) => known.get(at) ?? { date: dateAfter(at), value: null })
}

function monthNumber(date: IsoDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
}
