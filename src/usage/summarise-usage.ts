import { anyUse, distribution } from './any-use.ts'
import { compareBedDays, compareRates, hasTime } from './compare-rates.ts'
import { estimateRates } from './estimate-rates.ts'
import { EVENT_TYPES } from './event-types.ts'
import type { FollowUp, UsagePersonRow, UsageSummary } from './usage-result.ts'
import { type UsageSubject, usageSubjects } from './usage-subject.ts'

/** Twelve months are 365 or 366 days: a person seen for at least this many has a whole window. */
const WHOLE_YEAR_DAYS = 365

/**
 * Service use before and after joining, for one service: each event type supplied, then each declared group. A type
 * not supplied is absent. `whole_window_days` is the shortest the window can be: 365 for twelve months. `bootstrap`: also the rate
 * ratio by every method; null leaves them out.
 */
export function summariseUsage(
  rows: readonly UsagePersonRow[],
  {
    whole_window_days = WHOLE_YEAR_DAYS,
    bootstrap = null,
  }: { whole_window_days?: number; bootstrap?: { replicates: number; seed: string } | null } = {},
): UsageSummary[] {
  return usageSubjects(new Set(rows.map((row) => row.event_type))).map((subject) => {
    const people = personTotals(rows, subject.event_types)
    return {
      ...summarise(subject, people, whole_window_days),
      estimates: bootstrap === null ? [] : estimateRates(people, bootstrap),
    }
  })
}

interface PersonTotals {
  person_key: number
  days_before: number
  days_after: number
  events_before: number
  events_after: number
  bed_days_before: number
  bed_days_after: number
}

/** One row per person, events and bed days added over the given event types. Days are the person's, whatever the type. */
export function personTotals(rows: readonly UsagePersonRow[], eventTypes: readonly string[]): PersonTotals[] {
  const people = new Map<number, PersonTotals>()
  for (const row of rows) {
    if (!eventTypes.includes(row.event_type)) continue
    const total = people.get(row.person_key) ?? {
      person_key: row.person_key,
      days_before: row.days_before,
      days_after: row.days_after,
      events_before: 0,
      events_after: 0,
      bed_days_before: 0,
      bed_days_after: 0,
    }
    total.events_before += row.events_before
    total.events_after += row.events_after
    total.bed_days_before += row.bed_days_before ?? 0
    total.bed_days_after += row.bed_days_after ?? 0
    people.set(row.person_key, total)
  }
  return [...people.values()].sort((a, b) => a.person_key - b.person_key)
}

function summarise(
  subject: UsageSubject,
  people: readonly PersonTotals[],
  wholeWindow: number,
): Omit<UsageSummary, 'estimates'> {
  const compared = people.filter(hasTime)
  const isWhole = (person: PersonTotals) => person.days_before >= wholeWindow && person.days_after >= wholeWindow
  const isStay = EVENT_TYPES.some((type) => type.is_stay && subject.event_types.includes(type.id))
  return {
    ...subject,
    follow_up: followUp(people, isWhole),
    events: compareRates(compared),
    events_full_follow_up: compareRates(compared.filter(isWhole)),
    any_use: anyUse(compared),
    any_use_full_follow_up: anyUse(compared.filter(isWhole)),
    distribution_before: distribution(compared.map((person) => person.events_before)),
    distribution_after: distribution(compared.map((person) => person.events_after)),
    bed_days: isStay ? compareBedDays(compared.map(bedDaysAsEvents)) : null,
  }
}

function bedDaysAsEvents(person: PersonTotals) {
  return { ...person, events_before: person.bed_days_before, events_after: person.bed_days_after }
}

function followUp(people: readonly PersonTotals[], isWhole: (person: PersonTotals) => boolean): FollowUp {
  const full = people.filter(isWhole).length
  const zero = people.filter((person) => !hasTime(person)).length
  return { full, partial: people.length - full - zero, zero }
}
