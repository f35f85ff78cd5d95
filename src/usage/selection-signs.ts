import { negativeBinomialAtLeast } from '../stats/negative-binomial.ts'
import { rateRatioJackknife } from '../stats/rate-ratio-jackknife.ts'
import { rateSpread } from '../stats/regression-to-mean.ts'
import { compareRates, DAYS_PER_YEAR, hasTime, inYears, type PersonWindows } from './compare-rates.ts'
import type { SelectionSign } from './usage-result.ts'

const FEWEST_PEOPLE = 10
const UNLIKELY = 0.05

/**
 * Signs that people were taken because of their use before joining. `fewest_events_before`: that everybody had so many would be unlikely
 * (below 5%) among people who differ as these do after joining. `year_before_was_worse`: the year before joining ran above the year before
 * that, with an interval. `bothYears`: who could be seen in both, the earlier in the place of before, the later in that of after.
 */
export function selectionSigns(all: readonly PersonWindows[], bothYears: readonly PersonWindows[]): SelectionSign[] {
  const people = all.filter(hasTime)
  const fewest = people.reduce((least, it) => Math.min(least, it.events_before), Number.POSITIVE_INFINITY)
  const signs: SelectionSign[] = []
  if (people.length >= FEWEST_PEOPLE && fewest > 0 && chanceOfAll(people, fewest) < UNLIKELY)
    signs.push({ sign: 'everyone_used_before', fewest_events_before: fewest })
  const worse = yearAgainstYear(bothYears)
  if (worse !== null) signs.push({ sign: 'year_before_was_worse', ratio: worse })
  return signs
}

/** Chance that everybody has so many events before or more, at the rate before and the spread between people after. */
function chanceOfAll(people: readonly PersonWindows[], fewest: number): number {
  const rate = compareRates(people).rate_before ?? 0
  const { theta } = rateSpread(people.map((it) => ({ events: it.events_after, time: it.days_after / DAYS_PER_YEAR })))
  return people.reduce(
    (chance, it) => chance * negativeBinomialAtLeast(fewest, (rate * it.days_before) / DAYS_PER_YEAR, theta),
    1,
  )
}

/** The year before joining over the year before that; null unless above 1 with its interval. */
function yearAgainstYear(people: readonly PersonWindows[]): number | null {
  if (people.length < FEWEST_PEOPLE) return null
  const { ratio, ci95 } = rateRatioJackknife(inYears(people))
  return ratio !== null && ci95 !== null && ci95[0] > 1 ? ratio : null
}
