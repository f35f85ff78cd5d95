import { meeChua } from '../stats/mee-chua.ts'
import { FEWEST_PEOPLE_FOR_A_CLAIM } from '../stats/rate-ratio-clustered.ts'
import { rateRatioExact } from '../stats/rates.ts'
import { compareRates, DAYS_PER_YEAR, type PersonWindows } from './compare-rates.ts'
import { expectedAnyway, mostUsed } from './expected-anyway.ts'
import { placeboDates } from './placebo-dates.ts'
import { selectionSigns } from './selection-signs.ts'
import type {
  ExcludedMonthsComparison,
  ExpectedComparison,
  FallDoubt,
  FallVerdict,
  RateComparison,
  SpikeTest,
  UsageEarlierYearRow,
  UsageExcludedMonthsRow,
  UsageMonthRow,
} from './usage-result.ts'
import { type UsageSubject, usageSubjects } from './usage-subject.ts'

/** Events before and after together, below which no verdict is given. */
const FEWEST_EVENTS = 10
const EXCLUDED_MONTHS = [0, 1, 3, 6]
/** A rate of one person over less time says little. */
const FEWEST_DAYS_FOR_A_RATE = 180

/** How a verdict is reached; printed beside it. */
export const FALL_RULE =
  'A fall is shown when the 95% interval of the rate ratio, one person left out at a time, lies below 1. It persists when it is ' +
  'shown again with the three months before joining left out, when the ratio stays below 1 with six left out, and when it is shown ' +
  'against the year before that year as well, both as it is and by what each person’s own use in it lets be expected (empirical Bayes). Where that earlier year cannot be seen, no fall is said to persist: people may have been ' +
  `taken for a bad year as a whole. Below ${FEWEST_PEOPLE_FOR_A_CLAIM} people or ${FEWEST_EVENTS} events there is no verdict.`

/** One person’s two windows, of one event type. */
export interface PersonUseOfType extends PersonWindows {
  readonly person_key: number
}

/** Use of people who joined, read type by type: there may be millions of rows. */
export interface UseAroundJoining {
  readonly event_types: readonly string[]
  /** With so many of the last months before joining left out of before. */
  without(excludedMonths: number, eventType: string): Iterable<PersonUseOfType>
  /** The year before the year before joining, in the place of before. */
  earlier(eventType: string): Iterable<PersonUseOfType>
}

/** The same of rows already in hand. */
export function doubtAboutFall(
  excludedRows: readonly UsageExcludedMonthsRow[],
  monthRows: readonly UsageMonthRow[],
  earlierRows: readonly UsageEarlierYearRow[],
): FallDoubt[] {
  const use: UseAroundJoining = {
    event_types: [...new Set(excludedRows.map((row) => row.event_type))].sort(),
    without: (months, type) => excludedRows.filter((it) => it.excluded_months === months && it.event_type === type),
    earlier: (type) => earlierRows.filter((it) => it.event_type === type).map(earlierAsBefore),
  }
  return doubtsAboutFall(use, monthRows)
}

/**
 * For each event type and group: may a fall be no more than people having joined at a bad time? Compares the rate after
 * joining with the before window as it is, with its last 1, 3 and 6 months left out, and with the window before it;
 * tests for a spike before entry; asks what would be expected anyway.
 */
export function doubtsAboutFall(use: UseAroundJoining, monthRows: readonly UsageMonthRow[]): FallDoubt[] {
  return usageSubjects(new Set(use.event_types)).map((subject) => {
    const types = use.event_types.filter((type) => isOf(subject, type))
    const excluded = EXCLUDED_MONTHS.flatMap((months) => comparisonWithout(months, types, use))
    const months = monthRows.filter((row) => isOf(subject, row.event_type))
    const people = addedUp(types.map((type) => use.without(0, type)))
    const earlier = addedUp(types.map((type) => use.earlier(type)))
    const earlier_year = earlier.size === 0 ? null : compareRates([...earlier.values()])
    const both = inBoth(people, earlier)
    const signs = selectionSigns([...people.values()], both)
    const expectation = expectations(people, earlier, earlier_year)
    const verdict = verdictOf(excluded, earlier_year, expectation.expected)
    return {
      usage_id: subject.usage_id,
      verdict,
      words: WORDS[verdict],
      rule: FALL_RULE,
      spike: spikeTest(months),
      excluded,
      earlier_year,
      ...expectation,
      placebo: placeboDates(months),
      most_used: mostUsed([...people.values()]),
      signs,
    }
  })
}

/** What the earlier year lets be expected of everyone; nothing where it holds too little. */
function expectations(
  people: ReadonlyMap<number, PersonWindows>,
  earlier: ReadonlyMap<number, PersonWindows>,
  comparison: RateComparison | null,
): Pick<FallDoubt, 'expected' | 'mee_chua'> {
  const usual = comparison?.rate_before ?? null
  if (usual === null || comparison === null || comparison.n < FEWEST_PEOPLE_FOR_A_CLAIM) {
    return { expected: null, mee_chua: null }
  }
  const histories = new Map(
    [...earlier].map(([key, it]) => [key, { events: it.events_before, days: it.days_before }] as const),
  )
  const rates = [...people.values()]
    .filter((it) => it.days_before >= FEWEST_DAYS_FOR_A_RATE && it.days_after >= FEWEST_DAYS_FOR_A_RATE)
    .map((it) => ({
      before: (it.events_before / it.days_before) * DAYS_PER_YEAR,
      after: (it.events_after / it.days_after) * DAYS_PER_YEAR,
    }))
  return {
    expected: expectedAnyway(
      [...people].map(([key, it]) => ({ ...it, history: histories.get(key) ?? null })),
      [...histories.values()],
    ),
    mee_chua: meeChua(rates, usual),
  }
}

const WORDS: Record<FallVerdict, string> = {
  no_fall: 'No fall is shown: the interval of the rate ratio reaches 1.',
  fall_persists:
    'Use was lower after joining, also when the months just before joining are left out, and lower than in the year before that year.',
  fall_without_an_earlier_year:
    'Use was lower after joining, also when the months just before joining are left out; no earlier year could be seen to tell ' +
    'whether the whole year before joining was a bad one.',
  fall_not_distinguishable_from_regression_to_the_mean:
    'Use was lower after joining, but not shown to be against earlier months or the earlier year: this cannot be ' +
    'told from people having joined at a bad time and returning to their usual level.',
  too_few_to_say: 'Too few people or events to say.',
}

function verdictOf(
  excluded: readonly ExcludedMonthsComparison[],
  earlier: RateComparison | null,
  expected: ExpectedComparison | null,
): FallVerdict {
  const without = (months: number) => excluded.find((comparison) => comparison.excluded_months === months)
  const [all, three, six] = [without(0), without(3), without(6)]
  if (all === undefined || all.n < FEWEST_PEOPLE_FOR_A_CLAIM || all.events_before + all.events_after < FEWEST_EVENTS) {
    return 'too_few_to_say'
  }
  if (!showsFall(all)) return 'no_fall'
  const persists = three !== undefined && showsFall(three) && six !== undefined && (six.rate_ratio ?? 1) < 1
  if (!persists) return 'fall_not_distinguishable_from_regression_to_the_mean'
  if (earlier === null || earlier.n < FEWEST_PEOPLE_FOR_A_CLAIM) return 'fall_without_an_earlier_year'
  const isLeft = expected !== null && (expected.remaining_ci95?.[1] ?? 1) < 1
  const isAlike = earlier.ci95_jackknife === null
  return showsFall(earlier) && (isLeft || isAlike)
    ? 'fall_persists'
    : 'fall_not_distinguishable_from_regression_to_the_mean'
}

/**
 * Where everyone changed alike, or nothing happened after joining, only the exact interval exists. It takes events for
 * independent, and so is asked only where several people had them before.
 */
function showsFall(comparison: RateComparison): boolean {
  if (comparison.n < FEWEST_PEOPLE_FOR_A_CLAIM || comparison.n_users_before < FEWEST_PEOPLE_FOR_A_CLAIM) return false
  const isAlike = comparison.reason === 'no_spread_between_people' || comparison.reason === 'no_events_after'
  const interval = isAlike ? comparison.ci95_exact : comparison.ci95_jackknife
  return interval !== null && (interval[1] ?? 1) < 1
}

function comparisonWithout(
  months: number,
  types: readonly string[],
  use: UseAroundJoining,
): ExcludedMonthsComparison[] {
  const people = addedUp(types.map((type) => use.without(months, type)))
  return people.size === 0 ? [] : [{ excluded_months: months, ...compareRates([...people.values()]) }]
}

/** By person, events of all types added up. */
function addedUp(types: readonly Iterable<PersonUseOfType>[]): Map<number, PersonWindows> {
  const people = new Map<number, { -readonly [Key in keyof PersonWindows]: PersonWindows[Key] }>()
  for (const rows of types) {
    for (const row of rows) {
      const person = people.get(row.person_key)
      if (person === undefined) people.set(row.person_key, windowsOf(row))
      else {
        person.events_before += row.events_before
        person.events_after += row.events_after
      }
    }
  }
  return people
}

function windowsOf({ days_before, days_after, events_before, events_after }: PersonWindows) {
  return { days_before, days_after, events_before, events_after }
}

function earlierAsBefore(row: UsageEarlierYearRow): PersonWindows & { person_key: number } {
  return {
    person_key: row.person_key,
    days_before: row.days_earlier,
    events_before: row.events_earlier,
    days_after: row.days_after,
    events_after: row.events_after,
  }
}

/** Who has time in the earlier year, before and after: both stretches before, one in the place of after. */
function inBoth(
  people: ReadonlyMap<number, PersonWindows>,
  earlier: ReadonlyMap<number, PersonWindows>,
): PersonWindows[] {
  return [...earlier].flatMap(([key, early]) => {
    const person = people.get(key)
    if (person === undefined || person.days_before === 0 || early.days_before === 0) return []
    const { days_before: days_after, events_before: events_after } = person
    return [{ ...early, days_after, events_after }]
  })
}

function spikeTest(rows: readonly UsageMonthRow[]): SpikeTest | null {
  const last = sumOf(rows, (month) => month >= -3 && month <= -1)
  const earlier = sumOf(rows, (month) => month >= -12 && month <= -4)
  if (last.person_years === 0 || earlier.person_years === 0) return null
  const exact = rateRatioExact({
    events_before: earlier.events,
    time_before: earlier.person_years,
    events_after: last.events,
    time_after: last.person_years,
  })
  const isHigher = last.events / last.person_years > earlier.events / earlier.person_years
  return {
    events_last_3: last.events,
    person_years_last_3: last.person_years,
    events_earlier: earlier.events,
    person_years_earlier: earlier.person_years,
    rate_ratio: exact.ratio,
    ci95_exact: exact.ci95 === null ? null : [exact.ci95[0] ?? 0, exact.ci95[1]],
    p: exact.p,
    is_spike: isHigher && exact.p !== null && exact.p < 0.05,
  }
}

/** Events of all types; person-days once, since they are the same whatever the type. */
function sumOf(rows: readonly UsageMonthRow[], isIn: (month: number) => boolean) {
  const days = new Map<number, number>()
  let events = 0
  for (const row of rows.filter((it) => isIn(it.month_offset))) {
    events += row.events
    days.set(row.month_offset, Math.max(days.get(row.month_offset) ?? 0, row.person_days))
  }
  return { events, person_years: [...days.values()].reduce((total, value) => total + value, 0) / DAYS_PER_YEAR }
}

function isOf(subject: UsageSubject, eventType: string): boolean {
  return subject.event_types.some((type) => type === eventType)
}
