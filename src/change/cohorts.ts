import { type EthnicGroup, ethnicGroup } from '../domain/ethnic-group.ts'
import type { AgeBand } from './age-bands.ts'

/** A group of people with a name. Within a criterion any value will do; every criterion has to hold. Left out: everyone. */
export interface Cohort {
  readonly id: string
  readonly name: string
  readonly service?: string | undefined
  readonly baseline: readonly BaselineCriterion[]
  readonly pathway?: readonly string[] | undefined
  readonly intervention?: readonly string[] | undefined
  readonly staff_role?: readonly string[] | undefined
  readonly age_band?: readonly AgeBand[] | undefined
  readonly gender?: readonly string[] | undefined
  readonly ethnic_group?: readonly EthnicGroup[] | undefined
  readonly deprivation_quintile?: readonly number[] | undefined
  readonly neurodiversity?: readonly string[] | undefined
  readonly min_contacts?: number | undefined
}

/** The first score of the episode: any of the words, or from `at_least` up to, not including, `below`. */
export interface BaselineCriterion {
  readonly measure: string
  readonly scale: string
  readonly is?: readonly string[] | undefined
  readonly at_least?: number | undefined
  readonly below?: number | undefined
}

/** What is known of an episode; null: not recorded. */
export interface CohortFacts {
  readonly service_code: string
  readonly pathway: string | null
  readonly intervention: string | null
  readonly main_staff_role: string | null
  readonly age_band: AgeBand | null
  readonly gender: string | null
  readonly ethnic_category: string | null
  readonly deprivation_quintile: number | null
  readonly neurodiversity: string
  readonly n_attended_contacts: number | null
  /** First answers by `measure scale`. */
  readonly first_answers: ReadonlyMap<string, number | string>
}

/** Whether an episode is in a cohort. What is not recorded meets no criterion. */
export function isInCohort(cohort: Cohort, facts: CohortFacts): boolean {
  const isAny = <Value>(listed: readonly Value[] | undefined, value: Value | null) =>
    listed === undefined || (value !== null && listed.includes(value))
  return (
    (cohort.service === undefined || cohort.service === facts.service_code) &&
    isAny(cohort.pathway, facts.pathway) &&
    isAny(cohort.intervention, facts.intervention) &&
    isAny(cohort.staff_role, facts.main_staff_role) &&
    isAny(cohort.age_band, facts.age_band) &&
    isAny(cohort.gender, facts.gender) &&
    isAny(cohort.ethnic_group, ethnicGroup(facts.ethnic_category)) &&
    isAny(cohort.deprivation_quintile, facts.deprivation_quintile) &&
    isAny(cohort.neurodiversity, facts.neurodiversity) &&
    (cohort.min_contacts === undefined || (facts.n_attended_contacts ?? 0) >= cohort.min_contacts) &&
    cohort.baseline.every((it) => meets(it, facts.first_answers.get(`${it.measure} ${it.scale}`)))
  )
}

function meets({ is, at_least, below }: BaselineCriterion, first: number | string | undefined): boolean {
  if (first === undefined) return false
  if (typeof first === 'string') return is?.includes(first) ?? false
  return (at_least === undefined || first >= at_least) && (below === undefined || first < below)
}
