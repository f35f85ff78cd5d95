import { FEWEST_PEOPLE_FOR_A_CLAIM } from '../stats/rate-ratio-clustered.ts'
import { rateRatioExact } from '../stats/rates.ts'
import { compareRates, DAYS_PER_YEAR, type PersonWindows } from './compare-rates.ts'
import type {
  ExcludedMonthsComparison,
  FallDoubt,
  FallVerdict,
  RateComparison,
  SpikeTest,
  UsageExcludedMonthsRow,
  UsageMonthRow,
} from './usage-result.ts'
import { type UsageSubject, usageSubjects } from './usage-subject.ts'

/** Events before and after together, below which no verdict is given. */
const FEWEST_EVENTS = 10
const EXCLUDED_MONTHS = [0, 1, 3, 6]

/** How a verdict is reached; printed beside it. */
export const FALL_RULE =
  'A fall is shown when the 95% interval of the rate ratio, people as clusters, lies below 1. It persists when it is ' +
  'shown again with the three months before joining left out, and the ratio stays below 1 with six left out. ' +
  `Below ${FEWEST_PEOPLE_FOR_A_CLAIM} people or ${FEWEST_EVENTS} events there is no verdict. The check sees a rise ` +
  'shortly before joining; it cannot see that people were chosen for a bad year as a whole.'

/**
 * For each event type and group: may a fall be no more than people having joined at a bad time? Compares the rate after
 * joining with the before window as it is and with its last 1, 3 and 6 months left out, and tests for a spike before entry.
 */
export function doubtAboutFall(
  excludedRows: readonly UsageExcludedMonthsRow[],
  monthRows: readonly UsageMonthRow[],
): FallDoubt[] {
  return usageSubjects(new Set(excludedRows.map((row) => row.event_type))).map((subject) => {
    const excluded = EXCLUDED_MONTHS.flatMap((months) => comparisonWithout(months, subject, excludedRows))
    const verdict = verdictOf(excluded)
    return {
      usage_id: subject.usage_id,
      verdict,
      words: WORDS[verdict],
      rule: FALL_RULE,
      spike: spikeTest(monthRows.filter((row) => isOf(subject, row.event_type))),
      excluded,
    }
  })
}

const WORDS: Record<FallVerdict, string> = {
  no_fall: 'No fall is shown: the interval of the rate ratio reaches 1.',
  fall_persists: 'Use was lower after joining, also when the months just before joining are left out.',
  fall_not_distinguishable_from_regression_to_the_mean:
    'Use was lower after joining, but not shown to be when the months just before joining are left out: this cannot be ' +
    'told from people having joined at a bad time and returning to their usual level.',
  too_few_to_say: 'Too few people or events to say.',
}

function verdictOf(excluded: readonly ExcludedMonthsComparison[]): FallVerdict {
  const without = (months: number) => excluded.find((comparison) => comparison.excluded_months === months)
  const [all, three, six] = [without(0), without(3), without(6)]
  if (all === undefined || all.n < FEWEST_PEOPLE_FOR_A_CLAIM || all.events_before + all.events_after < FEWEST_EVENTS) {
    return 'too_few_to_say'
  }
  if (!showsFall(all)) return 'no_fall'
  const persists = three !== undefined && showsFall(three) && six !== undefined && (six.rate_ratio ?? 1) < 1
  return persists ? 'fall_persists' : 'fall_not_distinguishable_from_regression_to_the_mean'
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
  subject: UsageSubject,
  rows: readonly UsageExcludedMonthsRow[],
): ExcludedMonthsComparison[] {
  const own = rows.filter((row) => row.excluded_months === months && isOf(subject, row.event_type))
  if (own.length === 0) return []
  return [{ excluded_months: months, ...compareRates(addedUp(own)) }]
}

function addedUp(rows: readonly UsageExcludedMonthsRow[]): PersonWindows[] {
  const people = new Map<number, { -readonly [Key in keyof PersonWindows]: PersonWindows[Key] }>()
  for (const row of rows) {
    const person = people.get(row.person_key)
    if (person === undefined) people.set(row.person_key, { ...row })
    else {
      person.events_before += row.events_before
      person.events_after += row.events_after
    }
  }
  return [...people.values()]
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
