import type { ServiceComparison, UsageAnalysis } from '../reports/analysis.ts'
import { CASE_MIX_WORDS } from '../reports/parts/case-mix-words.ts'
import { mainUsage } from '../reports/parts/usage-words.ts'
import { bundledPriceIndex } from '../src/economics/bundled.ts'
import { personCosts } from '../src/economics/person-costs.ts'
import { priceItems } from '../src/economics/price-items.ts'
import { compareServices, type DescribedPerson } from '../src/usage/compare-services.ts'
import { personTotals } from '../src/usage/summarise-usage.ts'
import type { UsagePersonRow } from '../src/usage/usage-result.ts'
import type { Project } from './project.ts'
import { projectUnitCosts } from './project-unit-costs.ts'
import type { Marts } from './read-marts.ts'

/** What people are matched on besides use before; a pathway belongs to a service and cannot be. */
const COVARIATES = Object.keys(CASE_MIX_WORDS).filter((it) => it !== 'pathway')

type Used = Pick<UsageAnalysis, 'service' | 'summaries'>

interface Sources {
  readonly project: Project
  readonly marts: Pick<Marts, 'index_people' | 'profile_of'>
}

/**
 * A service beside the one declared as its comparison: the kind of use that leads among those whose event types both supplied alike, and
 * NHS and social care cost over the event types of both.
 */
export function analyseComparator(
  own: Used,
  all: readonly Used[],
  rows: ReadonlyMap<string, readonly UsagePersonRow[]>,
  sources: Sources,
): ServiceComparison | null {
  const declared = sources.project.comparators.find((it) => it.service === own.service.code)
  const other = all.find((it) => it.service.code === declared?.with)
  if (other === undefined) return null
  const types = (used: Used) => used.summaries.filter((it) => !it.is_group).map((it) => it.usage_id)
  const shared = new Set(types(own).filter((type) => types(other).includes(type)))
  const alike = own.summaries.filter((it) => {
    const there = other.summaries.find(({ usage_id }) => usage_id === it.usage_id)
    return there !== undefined && String(there.event_types) === String(it.event_types)
  })
  const main = mainUsage({ summaries: alike })
  if (main === undefined) return { with: other.service, found: null }
  const people = ({ service: { code } }: Used) =>
    describedPeople(code, rows.get(code) ?? [], { counted: main.event_types, costed: shared }, sources)
  const contrast = compareServices(people(own), people(other), COVARIATES, sources.project.bootstrap)
  return { with: other.service, found: { usage_id: main.usage_id, label: main.label, ...contrast } }
}

function describedPeople(
  code: string,
  rows: readonly UsagePersonRow[],
  { counted, costed }: { readonly counted: readonly string[]; readonly costed: ReadonlySet<string> },
  { project, marts }: Sources,
): DescribedPerson[] {
  const index = bundledPriceIndex(project.prices.index, project.prices.edition)
  const items = priceItems(costed, projectUnitCosts(project), index, project.prices.year).filter(
    (it) => it.not_costed_reason === null && it.price?.sector === 'nhs_pss',
  )
  const costs = new Map(personCosts(rows, items).map((it) => [it.person_key, it]))
  const joined = new Map(
    marts.index_people.filter((it) => it.service_code === code).map((it) => [it.person_key, it.episode_id]),
  )
  return personTotals(rows, counted).map((person) => {
    const profile = marts.profile_of.get(joined.get(person.person_key) ?? Number.NaN)
    const cost = items.length === 0 ? undefined : costs.get(person.person_key)
    return {
      ...person,
      cost_before: cost?.before.central_pence ?? null,
      cost_after: cost?.after.central_pence ?? null,
      facts: {
        age_band: profile?.age_band ?? null,
        gender: profile?.gender ?? null,
        neurodiversity: profile === undefined || profile.neurodiversity === 'unknown' ? null : profile.neurodiversity,
      },
    }
  })
}
