import { type AdjustedChange, adjustedChange, PEOPLE_A_COLUMN } from './analysis-of-covariance.ts'

/** One person with two scores. `facts`: what they brought with them, in words; null where it was not recorded. */
export interface CaseMixPerson {
  readonly unit: string
  readonly improvement: number
  readonly pre_score: number
  readonly facts: Readonly<Record<string, string | null>>
}

export interface CaseMixCovariate {
  readonly covariate: string
  readonly n_recorded: number
  /** Null where it is adjusted for. */
  readonly reason: 'not_recorded' | 'all_alike' | NonNullable<AdjustedChange['reason']> | null
}

export interface CaseMixChange {
  /** Over the people of whom every covariate adjusted for is recorded. */
  readonly adjusted: readonly AdjustedChange[]
  readonly covariates: readonly CaseMixCovariate[]
  readonly n: number
  readonly n_complete: number
}

/** Our own: below it, in any unit, those of whom it is recorded may be another kind of people. */
export const LEAST_RECORDED = 0.8

/**
 * Change adjusted for the first score and, one after another in the order given, for each covariate that the people allow: recorded
 * for at least 80% in every unit, with ten people for each column, and not told by the unit alone. People without one of those used are
 * left out of the adjustment. A covariate is a column for each of its levels but the commonest; levels of fewer than ten people are taken together.
 */
export function caseMixChange(people: readonly CaseMixPerson[], covariates: readonly string[]): CaseMixChange {
  const start: Adjustment = { covariates: [], used: [], adjusted: null }
  const { used, adjusted, ...judged } = covariates.reduce(
    (sofar, covariate) => withCovariate(people, sofar, covariate),
    start,
  )
  return {
    adjusted: adjusted ?? adjustedFor(people, []),
    covariates: judged.covariates,
    n: people.length,
    n_complete: completeOn(people, used).length,
  }
}

interface Adjustment {
  readonly covariates: readonly CaseMixCovariate[]
  readonly used: readonly string[]
  /** For what is used; null where that is nothing yet. */
  readonly adjusted: readonly AdjustedChange[] | null
}

function withCovariate(people: readonly CaseMixPerson[], sofar: Adjustment, covariate: string): Adjustment {
  const n_recorded = completeOn(people, [covariate]).length
  const used = [...sofar.used, covariate]
  const unusable = unusableBecause(people, used, covariate)
  const adjusted = unusable === null ? adjustedFor(people, used) : null
  const reason = unusable ?? adjusted?.[0]?.reason ?? null
  const covariates = [...sofar.covariates, { covariate, n_recorded, reason }]
  return reason === null ? { covariates, used, adjusted } : { ...sofar, covariates }
}

function unusableBecause(
  people: readonly CaseMixPerson[],
  used: readonly string[],
  covariate: string,
): 'not_recorded' | 'all_alike' | null {
  const units = [...new Set(people.map((it) => it.unit))]
  const isRecorded = units.every((unit) => {
    const own = people.filter((it) => it.unit === unit)
    return completeOn(own, [covariate]).length >= LEAST_RECORDED * own.length
  })
  if (!isRecorded) return 'not_recorded'
  return columnsOf(completeOn(people, used), covariate).length === 0 ? 'all_alike' : null
}

function completeOn(people: readonly CaseMixPerson[], covariates: readonly string[]): readonly CaseMixPerson[] {
  return people.filter(({ facts }) => covariates.every((it) => facts[it] != null))
}

function adjustedFor(people: readonly CaseMixPerson[], covariates: readonly string[]): AdjustedChange[] {
  const kept = completeOn(people, covariates)
  const columns = covariates.flatMap((covariate) => columnsOf(kept, covariate).map((levels) => ({ covariate, levels })))
  return adjustedChange(
    kept.map(({ unit, improvement, pre_score, facts }) => ({
      unit,
      improvement,
      covariates: [
        pre_score,
        ...columns.map(({ covariate, levels }) => (levels.includes(facts[covariate] as string) ? 1 : 0)),
      ],
    })),
  )
}

/** The levels of each column. Rare ones share the last; where even they are fewer than ten they stay with the commonest. */
export function columnsOf(
  people: readonly Pick<CaseMixPerson, 'facts'>[],
  covariate: string,
): readonly (readonly string[])[] {
  const counts = new Map<string, number>()
  for (const { facts } of people) {
    const level = facts[covariate] as string
    counts.set(level, (counts.get(level) ?? 0) + 1)
  }
  const [, ...others] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const isCommon = ([, n]: readonly [string, number]) => n >= PEOPLE_A_COLUMN
  const rare = others.filter((it) => !isCommon(it))
  const n_rare = rare.reduce((sum, [, n]) => sum + n, 0)
  return [
    ...others.filter(isCommon).map(([level]) => [level]),
    ...(n_rare >= PEOPLE_A_COLUMN ? [rare.map(([level]) => level)] : []),
  ]
}
