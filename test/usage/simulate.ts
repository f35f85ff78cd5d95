import { createRandom, type Random } from '../../src/stats/random.ts'
import type { UsageExcludedMonthsRow, UsageMonthRow } from '../../src/usage/usage-result.ts'

const MONTH_DAYS = 30.4375

/** Events of one person by month from joining: months -12..11 stand at 0..23. */
export type History = readonly number[]

/** How a group of people is made: how calm or bad their months are, and what joining does to their rate. */
export interface Scenario {
  readonly people: number
  readonly effect: number
  /** Do people join straight after a bad month, or whenever? */
  readonly joins: 'after_a_bad_month' | 'any_time'
}

/**
 * People with rates of their own (mean 2.4 a year), whose months are calm or bad: a bad spell begins with chance 0.06 a
 * month, ends with chance 0.5, and has six times the events. `effect` multiplies the rate from joining on.
 */
export function simulate({ people, effect, joins }: Scenario, seed: string): History[] {
  const random = createRandom(seed)
  return Array.from({ length: people }, () => {
    const monthlyRate = 0.08 + 0.24 * random()
    const isBad = spells(60, random)
    const candidates = isBad.flatMap((bad, month) =>
      month >= 12 && month < 48 && (bad || joins === 'any_time') ? [month] : [],
    )
    const joining = candidates[Math.floor(random() * candidates.length)] ?? 24
    return Array.from({ length: 24 }, (_, i) => {
      const month = joining - 11 + i
      return poisson(monthlyRate * (isBad[month] === true ? 6 : 1) * (i >= 12 ? effect : 1), random)
    })
  })
}

/** The two marts that the doubt about a fall is read from. */
export function marts(histories: readonly History[], event_type = 'ae_mental_health') {
  const months: UsageMonthRow[] = Array.from({ length: 24 }, (_, i) => ({
    event_type,
    month_offset: i - 12,
    events: total(histories.map((history) => history[i] as number)),
    person_days: histories.length * MONTH_DAYS,
    n_people: histories.length,
  }))
  const excluded: UsageExcludedMonthsRow[] = [0, 1, 3, 6].flatMap((excluded_months) =>
    histories.map((history, person_key) => ({
      person_key,
      event_type,
      excluded_months,
      days_before: (12 - excluded_months) * MONTH_DAYS,
      days_after: 12 * MONTH_DAYS,
      events_before: total(history.slice(0, 12 - excluded_months)),
      events_after: total(history.slice(12)),
    })),
  )
  return { months, excluded }
}

function spells(length: number, random: Random): boolean[] {
  let bad = false
  return Array.from({ length }, () => {
    bad = bad ? random() >= 0.5 : random() < 0.06
    return bad
  })
}

function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
