/** A run of whole months. */
export interface Period {
  /** First day of its first month. */
  readonly start: string
  readonly months: number
}

/** Every period of so many months from the first of these months to the last, none left out; calendar years and quarters. */
export function periodsOf(months: readonly string[], step: number): readonly Period[] {
  const numbers = months.map(monthNumber)
  if (numbers.length === 0) return []
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  const start = first - (first % step)
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, nth) => {
    const month = start + nth * step
    return { start: `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`, months: step }
  })
}

export function isIn({ start, months }: Period, date: string): boolean {
  const from = monthNumber(start)
  return monthNumber(date) >= from && monthNumber(date) < from + months
}

/** Whole months from one date's month to the other's. */
export function monthsBetween(from: string, to: string): number {
  return monthNumber(to) - monthNumber(from)
}

function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}
