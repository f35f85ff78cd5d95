import { createRandom, type Random } from '../src/stats/random.ts'
import type { UsageEarlierYearRow, UsageExcludedMonthsRow, UsageMonthRow } from '../src/usage/usage-result.ts'
import { normal } from './coverage.ts'

const MONTH_DAYS = 30.4375
/** Months before joining in a history; the other twelve are after. */
const MONTHS_BEFORE = 24

/** Events of one person by month, the twelve from joining on at the end; null: the person could not be seen in it. */
export type History = readonly (number | null)[]

/** How people come to join. All but the first are nothing but choice of a bad time. */
export type Joining =
  | 'any_time'
  | 'after_a_bad_month'
  | 'after_a_bad_half_year'
  | 'the_quarter_with_most_use'
  | 'by_use_of_the_year'

/** A population whose truth is known. */
export interface UsePopulation {
  readonly people: number
  /** What joining does to the rate: 1 nothing, 0.5 halves it. */
  readonly effect: number
  readonly joins: Joining
  /** Spread of people’s own rates: their gamma shape; 0.8 where nothing is said, so that few have most. */
  readonly shape?: number
  /** Events a person-year; 2.4 where nothing is said. */
  readonly rate?: number
  /** A third of events missing from the last three months before the data end, which people meet 6 to 20 months after joining. */
  readonly late_feed?: boolean
  /** After joining people leave, those with high rates sooner. */
  readonly drop_out?: boolean
}

/**
 * People with rates of their own, whose months are calm or bad: a bad spell begins with chance 0.03 a month, has four times the events, and ends
 * with chance 0.5 (0.2 where people join after a bad half-year). `effect` multiplies the rate from joining on.
 */
export function drawPeople(population: UsePopulation, seed: string): History[] {
  const random = createRandom(seed)
  const { people, joins } = population
  const draw = () => history(population, random)
  const used = (it: History) => total(it.slice(MONTHS_BEFORE - 12, MONTHS_BEFORE))
  if (joins === 'the_quarter_with_most_use') {
    const pool = Array.from({ length: 4 * people }, draw)
    return pool.sort((a, b) => used(b) - used(a)).slice(0, people)
  }
  if (joins !== 'by_use_of_the_year') return Array.from({ length: people }, draw)
  const taken: History[] = []
  while (taken.length < people) {
    const candidate = draw()
    if (random() < used(candidate) / 8) taken.push(candidate)
  }
  return taken
}

function history(population: UsePopulation, random: Random): History {
  const { effect, joins, shape = 0.8, rate = 2.4 } = population
  const own = (gamma(shape, random) / shape) * rate
  const isBad = spells(84, joins === 'after_a_bad_half_year' ? 0.2 : 0.5, random)
  const wanted = joins === 'after_a_bad_month' ? 1 : joins === 'after_a_bad_half_year' ? 6 : 0
  const months = Array.from({ length: 48 }, (_, at) => at + MONTHS_BEFORE)
  const bad = (month: number) => isBad.slice(month - wanted, month).filter((it) => it).length
  const candidates = months.filter((month) => bad(month) * 2 >= wanted)
  const joining = candidates[Math.floor(random() * candidates.length)] ?? MONTHS_BEFORE
  const leaves = population.drop_out === true ? leaving(own / rate, random) : 12
  const end = population.late_feed === true ? 6 + Math.floor(random() * 15) : 99
  return Array.from({ length: MONTHS_BEFORE + 12 }, (_, at) => {
    const after = at - MONTHS_BEFORE
    if (after >= leaves || after >= end) return null
    const mean = (own / 12) * (isBad[joining + after] === true ? 4 : 1) * (after >= 0 ? effect : 1)
    return poisson(mean * (after >= end - 3 ? 2 / 3 : 1), random)
  })
}

/** The month after joining in which a person leaves; 12 who stays. */
function leaving(relative: number, random: Random): number {
  for (let month = 1; month < 12; month++) if (random() < Math.min(0.5, 0.01 + 0.03 * relative)) return month
  return 12
}

/** The marts that the doubt about a fall is read from. A history of 24 months has no earlier year. */
export function marts(histories: readonly History[], event_type = 'ae_mental_health') {
  const before = (histories[0]?.length ?? 24) - 12
  const months: UsageMonthRow[] = Array.from({ length: 24 }, (_, at) => {
    const own = histories.flatMap((it) => it[before - 12 + at] ?? [])
    return {
      ...{ event_type, month_offset: at - 12, events: total(own) },
      person_days: own.length * MONTH_DAYS,
      n_people: own.length,
    }
  })
  const after = (it: History) => ({
    days_after: seen(it.slice(before)) * MONTH_DAYS,
    events_after: total(it.slice(before)),
  })
  const excluded: UsageExcludedMonthsRow[] = [0, 1, 3, 6].flatMap((excluded_months) =>
    histories.map((history, person_key) => ({
      ...{ person_key, event_type, excluded_months },
      days_before: (12 - excluded_months) * MONTH_DAYS,
      events_before: total(history.slice(before - 12, before - excluded_months)),
      ...after(history),
    })),
  )
  const earlier: UsageEarlierYearRow[] =
    before < 24
      ? []
      : histories.map((history, person_key) => ({
          ...{ person_key, event_type, days_earlier: 12 * MONTH_DAYS },
          events_earlier: total(history.slice(0, 12)),
          ...after(history),
        }))
  return { months, excluded, earlier }
}

function spells(length: number, ends: number, random: Random): boolean[] {
  let bad = false
  return Array.from({ length }, () => {
    bad = bad ? random() >= ends : random() < 0.03
    return bad
  })
}

function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}

/** Marsaglia and Tsang (2000); below 1 by a power of a uniform number. */
export function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function seen(history: History): number {
  return history.filter((it) => it !== null).length
}

function total(values: History): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}
