import { columnsOf, LEAST_RECORDED } from '../stats/case-mix.ts'
import { mean } from '../stats/describe.ts'
import { matchOnPropensity, type PropensityMatch } from '../stats/propensity.ts'
import { standardisedMeanDifference, standardisedProportionDifference } from '../stats/standardised-difference.ts'
import { DAYS_PER_YEAR, hasTime } from './compare-rates.ts'
import {
  type ComparedPerson,
  type DifferenceInDifferences,
  differenceInDifferences,
  FEWEST_TO_COMPARE,
} from './difference-in-differences.ts'

/** `facts`: what is known of the person at joining, in words; null where it was not recorded. */
export interface DescribedPerson extends ComparedPerson {
  readonly person_key: number
  readonly facts: Readonly<Record<string, string | null>>
}

/** `x`: people of whom it is so, null where it is a mean; `value`: the share or the mean, null where nobody is there. */
export interface BalanceSide {
  readonly n: number
  readonly x: number | null
  readonly value: number | null
}

/** Standardised difference: the service less the comparator. */
export interface BalancePair {
  readonly service: BalanceSide
  readonly comparator: BalanceSide
  readonly difference: number | null
}

export interface BalanceRow {
  /** A covariate, or `use_before`. */
  readonly covariate: string
  /** Levels taken together; null where it is a mean. */
  readonly levels: readonly string[] | null
  readonly before: BalancePair
  /** Null where nobody was matched. */
  readonly after: BalancePair | null
}

export interface ServiceContrast {
  readonly unadjusted: DifferenceInDifferences
  /** Of the matched pairs; null where nobody could be matched. */
  readonly adjusted: DifferenceInDifferences | null
  readonly matching: {
    readonly covariates: readonly { readonly covariate: string; readonly is_used: boolean }[]
    /** People of whom everything matched on is recorded. */
    readonly n_service: number
    readonly n_comparator: number
    readonly n_pairs: number
    readonly reason: PropensityMatch['reason'] | 'fewer_than_20_people' | 'no_pairs'
  }
  readonly balance: readonly BalanceRow[]
  /** People of the comparator who were in the service too: left out of the comparator. */
  readonly n_in_both: number
}

/**
 * A service beside a comparison service: difference in differences of everybody, and again of pairs alike in use before and in each covariate
 * that is recorded for at least 80% of either group. Levels are columns as in the adjustment for case mix.
 */
export function compareServices(
  service: readonly DescribedPerson[],
  comparator: readonly DescribedPerson[],
  covariates: readonly string[],
  bootstrap: { readonly replicates: number; readonly seed: string },
): ServiceContrast {
  const keys = new Set(service.filter(hasTime).map((it) => it.person_key))
  const seen = comparator.filter(hasTime)
  const groups = [service.filter(hasTime), seen.filter((it) => !keys.has(it.person_key))] as const
  const used = covariates.filter((covariate) => groups.every((people) => isRecorded(people, covariate)))
  const [own, others] = groups.map((people) =>
    people.filter(({ facts }) => used.every((covariate) => facts[covariate] != null)),
  ) as [DescribedPerson[], DescribedPerson[]]
  const columns = used.flatMap((covariate) =>
    columnsOf([...own, ...others], covariate).map((levels) => ({ covariate, levels })),
  )
  const match = matched(own, others, columns)
  const pairs = [match.pairs.map(([at]) => own[at]!), match.pairs.map(([, at]) => others[at]!)] as const
  return {
    unadjusted: differenceInDifferences(...groups, bootstrap),
    adjusted: match.pairs.length === 0 ? null : differenceInDifferences(...pairs, { ...bootstrap, are_pairs: true }),
    matching: {
      covariates: [
        ...covariates.map((covariate) => ({ covariate, is_used: columns.some((it) => it.covariate === covariate) })),
        { covariate: 'use_before', is_used: true },
      ],
      n_service: own.length,
      n_comparator: others.length,
      n_pairs: match.pairs.length,
      reason: match.reason ?? (match.pairs.length === 0 ? 'no_pairs' : null),
    },
    balance: [...columns, { covariate: 'use_before', levels: null }].map((column) => ({
      ...column,
      before: balanceOf(column, own, others),
      after: match.pairs.length === 0 ? null : balanceOf(column, ...pairs),
    })),
    n_in_both: seen.length - groups[1].length,
  }
}

interface Column {
  readonly covariate: string
  readonly levels: readonly string[] | null
}

function isRecorded(people: readonly DescribedPerson[], covariate: string): boolean {
  const n = people.filter(({ facts }) => facts[covariate] != null).length
  return people.length > 0 && n >= LEAST_RECORDED * people.length
}

function matched(own: readonly DescribedPerson[], others: readonly DescribedPerson[], columns: readonly Column[]) {
  if (Math.min(own.length, others.length) < FEWEST_TO_COMPARE) {
    return { pairs: [], reason: 'fewer_than_20_people' } as const
  }
  const row = (person: DescribedPerson) => [
    1,
    ...columns.map((column) => (isSo(person, column) ? 1 : 0)),
    rateBefore(person),
  ]
  return matchOnPropensity(own.map(row), others.map(row))
}

function isSo({ facts }: DescribedPerson, { covariate, levels }: Column): boolean {
  return levels?.includes(facts[covariate] ?? '') === true
}

function rateBefore(person: ComparedPerson): number {
  return person.events_before / (person.days_before / DAYS_PER_YEAR)
}

function balanceOf(column: Column, own: readonly DescribedPerson[], others: readonly DescribedPerson[]): BalancePair {
  const [service, comparator] = [sideOf(column, own), sideOf(column, others)]
  const difference =
    service.x === null || comparator.x === null
      ? standardisedMeanDifference(own.map(rateBefore), others.map(rateBefore))
      : standardisedProportionDifference(service.x, service.n, comparator.x, comparator.n)
  return { service, comparator, difference }
}

function sideOf(column: Column, people: readonly DescribedPerson[]): BalanceSide {
  const n = people.length
  if (column.levels === null) return { n, x: null, value: mean(people.map(rateBefore)) }
  const x = people.filter((person) => isSo(person, column)).length
  return { n, x, value: n === 0 ? null : x / n }
}
