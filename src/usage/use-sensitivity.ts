import { compareRates, hasTime } from './compare-rates.ts'
import { INDEX_EVENTS, type IndexEvent } from './index-events.ts'
import type { RateComparison } from './usage-result.ts'
import { type UseChoice, type UseData, useUnder } from './use-choice.ts'

const WINDOWS = [6, 12, 24] as const

/** How the comparison would have come out under another choice; the one that the project made comes first. */
export interface UseSensitivity {
  readonly what: UseVariation
  /** People who have the index event of the choice. */
  readonly n_joined: number
  /** Of those, people left out: no time on one side, or less than the choice asks for. */
  readonly n_left_out: number
  readonly events: RateComparison
  /** People with any event before, and after. */
  readonly n_users_before: number
  readonly n_users_after: number
}

export interface UseVariation {
  readonly kind: 'as_reported' | 'index_event' | 'window' | 'exposure' | 'overlap'
  readonly choice: UseChoice
}

/**
 * The leading comparison under each other index event that anybody has, other lengths of the window as far as they change the time
 * that could be seen, without people seen for a short time only, and with every event counted where some tell of one another.
 */
export function useSensitivity(
  made: { readonly index_event: IndexEvent; readonly window_months: number; readonly min_exposure_days: number },
  data: UseData,
  eventTypes: readonly string[],
): UseSensitivity[] {
  const base: UseChoice = { ...made, min_exposure_days: 0, counts_merged: false }
  const variation = (kind: UseVariation['kind'], change: Partial<UseChoice>): UseVariation => ({
    kind,
    choice: { ...base, ...change },
  })
  const all = [
    variation('as_reported', {}),
    ...indexEventsOf(data, base).map((index_event) => variation('index_event', { index_event })),
    ...WINDOWS.filter((it) => it !== base.window_months).map((window_months) => variation('window', { window_months })),
    ...(made.min_exposure_days === 0 ? [] : [variation('exposure', { min_exposure_days: made.min_exposure_days })]),
    ...(data.uses.is_merged.includes(1) ? [variation('overlap', { counts_merged: true })] : []),
  ]
  const found = all.map((what) => sensitivity(what, data, eventTypes))
  return found.filter((it) => it.what.kind !== 'window' || changesTime(it, found))
}

function indexEventsOf({ people }: UseData, base: UseChoice): IndexEvent[] {
  const met = new Set(people.map((it) => it.index_event))
  return INDEX_EVENTS.filter((it) => it !== base.index_event && met.has(it))
}

function sensitivity(what: UseVariation, data: UseData, eventTypes: readonly string[]): UseSensitivity {
  const { choice } = what
  const n_joined = data.people.filter((it) => it.index_event === choice.index_event).length
  const compared = useUnder(choice, data, eventTypes).filter(hasTime)
  const users = (side: 'events_before' | 'events_after') => compared.filter((it) => it[side] > 0).length
  return {
    what,
    n_joined,
    n_left_out: n_joined - compared.length,
    events: compareRates(compared),
    n_users_before: users('events_before'),
    n_users_after: users('events_after'),
  }
}

/** A longer window than the data have adds nothing to look at. */
function changesTime(it: UseSensitivity, found: readonly UseSensitivity[]): boolean {
  const years = ({ events }: UseSensitivity) => events.person_years_before + events.person_years_after
  return found.every((other) => other === it || other.what.kind !== 'as_reported' || years(other) !== years(it))
}
