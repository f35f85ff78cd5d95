import { DAYS_PER_YEAR } from '../usage/compare-rates.ts'

/** What becomes of a change in quality of life after it was last measured: an assumption, since nobody looked. */
export const PERSISTENCE = ['none', 'fades', 'full'] as const
export type Persistence = (typeof PERSISTENCE)[number]

/** A utility: 1 is full health, 0 dead; below 0 is worse than dead, and counts as such. */
export interface UtilityPoint {
  readonly days_from_index: number
  readonly utility: number
}

export interface QalyRule {
  readonly horizon_days: number
  readonly persistence: Persistence
  /** The utility at joining is the one measured nearest to it, at most so many days away; of two as near, the earlier. */
  readonly baseline_within_days: number
}

export type PersonQaly =
  | {
      readonly status: 'known'
      /** Area under the utilities from joining to the horizon, in years of full health. */
      readonly qaly: number
      /** The same had the utility at joining stayed as it was: an assumption in place of a comparison group. */
      readonly flat_qaly: number
      readonly baseline: number
    }
  | { readonly status: 'no_baseline' | 'no_later_utility' }

/**
 * Quality-adjusted life years of one person from joining to the horizon, by the trapezium rule over the days on which utilities were
 * measured. The utility at joining is taken to hold on the day itself. Dead is 0 from the day of death; until then the last utility
 * goes as the persistence says, and the utility at joining is enough. `death_day`: days from joining, or null.
 */
export function personQaly(points: readonly UtilityPoint[], death_day: number | null, rule: QalyRule): PersonQaly {
  const baseline = baselineOf(points, rule)
  if (baseline === null) return { status: 'no_baseline' }
  const end = Math.min(rule.horizon_days, death_day ?? Infinity)
  const later = points.filter(
    (it) => it.days_from_index > Math.max(0, baseline.days_from_index) && it.days_from_index <= end,
  )
  if (later.length === 0 && end === rule.horizon_days) return { status: 'no_later_utility' }
  const curve = [{ days_from_index: 0, utility: baseline.utility }, ...later]
  const last = curve.at(-1) as UtilityPoint
  const utilityDays = area(curve) + areaAfter(last, baseline.utility, end, rule)
  return {
    status: 'known',
    qaly: utilityDays / DAYS_PER_YEAR,
    flat_qaly: (baseline.utility * rule.horizon_days) / DAYS_PER_YEAR,
    baseline: baseline.utility,
  }
}

function baselineOf(points: readonly UtilityPoint[], { baseline_within_days }: QalyRule): UtilityPoint | null {
  const near = points.filter((it) => Math.abs(it.days_from_index) <= baseline_within_days)
  const [nearest] = near.toSorted(
    (a, b) => Math.abs(a.days_from_index) - Math.abs(b.days_from_index) || a.days_from_index - b.days_from_index,
  )
  return nearest ?? null
}

function area(curve: readonly UtilityPoint[]): number {
  return curve.slice(1).reduce((total, to, nth) => {
    const from = curve[nth] as UtilityPoint
    return total + ((from.utility + to.utility) / 2) * (to.days_from_index - from.days_from_index)
  }, 0)
}

/** From the last measurement to the end: as it was at joining, back to that in a straight line by the horizon, or as last measured. */
function areaAfter(last: UtilityPoint, baseline: number, end: number, { persistence, horizon_days }: QalyRule): number {
  const days = end - last.days_from_index
  if (persistence === 'none') return baseline * days
  if (persistence === 'full') return last.utility * days
  const rest = horizon_days - last.days_from_index
  const atEnd = rest === 0 ? last.utility : last.utility + ((baseline - last.utility) * days) / rest
  return ((last.utility + atEnd) / 2) * days
}
