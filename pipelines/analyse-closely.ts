import type {
  ContactsMinimum,
  OutcomeAnalysis,
  ServiceAnalysis,
  ServiceName,
  StaffContacts,
} from '../reports/analysis.ts'
import { headlineOutcomes } from '../reports/parts/headline-scales.ts'
import { goalsSummary } from '../src/change/goals-summary.ts'
import { helpWanted } from '../src/change/help-wanted.ts'
import { riskTransitions } from '../src/change/risk-transitions.ts'
import { sideBySide } from '../src/change/side-by-side.ts'
import { talkingTherapiesSummary } from '../src/change/talking-therapies-summary.ts'
import type { IsoDate } from '../src/domain/iso-date.ts'
import { bundledPriceIndex } from '../src/economics/bundled.ts'
import { costContacts } from '../src/economics/cost-contacts.ts'
import { analyseArms } from './analyse-arms.ts'
import { groupScales } from './analyse-group-scales.ts'
import { analyseCohorts, analyseCrossed, analyseGroups, type OutcomeAmong } from './analyse-groups.ts'
import { analyseOutcome } from './analyse-outcome.ts'
import { ofService } from './analyse-quality.ts'
import { amongEpisodes, enoughContacts } from './minimum-contacts.ts'
import type { Project } from './project.ts'
import { projectScale } from './project-thresholds.ts'
import { projectUnitCosts } from './project-unit-costs.ts'
import { type Marts, scaleKey } from './read-marts.ts'

type Closely = Pick<
  ServiceAnalysis,
  | 'part_of'
  | 'groups'
  | 'crossed'
  | 'arms'
  | 'cohorts'
  | 'contacts_minimum'
  | 'staff'
  | 'talking_therapies'
  | 'goals'
  | 'help_wanted'
  | 'side_by_side'
  | 'risk'
>

interface Sources {
  /** Everyone. */
  readonly all: Marts
  /** Those whom the project's minimum of contacts keeps. */
  readonly marts: Marts
  readonly project: Project
  /** Of every scale, among those. */
  readonly outcomes: readonly OutcomeAnalysis[]
}

/** The national rule's minimum, used to show what one would do where the project has none. */
const USUAL_MINIMUM = 2

/** Groups, cohorts, who saw whom, and each measure by its own rules. */
export function analyseClosely(service: ServiceName, { all, marts, project, outcomes }: Sources): Closely {
  const own = ofService(service, marts)
  const kept = enoughContacts(marts, project.rules.min_contacts)
  const profiles = own(marts.profiles).filter((it) => kept.has(it.episode_id))
  const [main] = headlineOutcomes(outcomes)
  const among = outcomeAmong(service, marts, project, main)
  const cohorts = project.cohorts.filter((it) => it.service === undefined || it.service === service.code)
  return {
    part_of: partOf(service, project),
    groups: analyseGroups(profiles, among, groupScales(service, outcomes, marts)),
    crossed: analyseCrossed(profiles, among),
    arms: analyseArms(service, marts, project, outcomes),
    cohorts: analyseCohorts(profiles, cohorts, marts, among),
    contacts_minimum: contactsMinimum(service, all, project, main),
    staff: staffContacts(own(marts.contacts), project),
    talking_therapies: talkingTherapiesSummary(own(marts.talking_therapies)),
    help_wanted: helpWanted(own(marts.help_wanted)),
    goals: goals(service, marts, project),
    side_by_side: beside(service, marts, project),
    risk: riskTransitions(own(marts.risk)),
  }
}

/** The scale that leads the service's report, among some of its episodes. */
function outcomeAmong(
  service: ServiceName,
  marts: Marts,
  project: Project,
  main: OutcomeAnalysis | undefined,
): OutcomeAmong {
  if (main === undefined) return () => null
  const key = scaleKey({ service_code: service.code, measure_id: main.measure_id, scale_id: main.scale_id })
  const ofScale = {
    ...marts,
    own: new Map([[key, marts.own.get(key) ?? []]]),
    national: new Map(),
    compared: new Map(),
    category: [],
    funnel: marts.funnel.filter((it) => scaleKey(it) === key),
    funnel_episodes: new Map([[key, marts.funnel_episodes.get(key) ?? []]]),
    timepoints: new Map(),
    follow_ups: new Map(),
    flow: new Map(),
  }
  return (episodes) => {
    const some = amongEpisodes(ofScale, episodes)
    return some.funnel.flatMap((it) => analyseOutcome(it, some, project.measures))[0] ?? null
  }
}

function contactsMinimum(
  service: ServiceName,
  all: Marts,
  project: Project,
  main: OutcomeAnalysis | undefined,
): ContactsMinimum | null {
  const profiles = ofService(service, all)(all.profiles)
  if (profiles.every((it) => it.n_attended_contacts === null)) return null
  const { min_contacts } = project.rules
  const minimum = min_contacts === 0 ? USUAL_MINIMUM : min_contacts
  const among = outcomeAmong(service, all, project, main)
  const everyone = among(new Set(profiles.map((it) => it.episode_id)))
  const with_enough = among(enoughContacts({ profiles }, minimum))
  if (everyone === null || with_enough === null) return null
  return { minimum, is_on: min_contacts > 0, everyone, with_enough }
}

function partOf({ code }: ServiceName, project: Project): Closely['part_of'] {
  const moves = project.services.find((it) => it.code === code)?.part_of ?? []
  return moves
    .map(({ to, from }) => ({ to, from: (from ?? null) as IsoDate | null }))
    .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
}

function staffContacts(contacts: readonly Marts['contacts'][number][], project: Project): StaffContacts[] {
  const direct = contacts.filter((it) => it.attendance !== 'indirect')
  if (direct.every((it) => it.staff_role === null && it.staff_band === null)) return []
  const unitCosts = projectUnitCosts(project)
  const index = bundledPriceIndex(project.prices.index)
  const keys = [...new Set(direct.map((it) => JSON.stringify([it.staff_role, it.staff_band])))].toSorted()
  return keys.map((key) => {
    const [staff_role, staff_band] = JSON.parse(key) as [string | null, string | null]
    const rows = direct.filter((it) => it.staff_role === staff_role && it.staff_band === staff_band)
    const attended = rows.filter((it) => it.attendance === 'attended')
    const sum = (of: typeof rows) => of.reduce((total, it) => total + it.n_contacts, 0)
    const timed = attended.filter((it) => it.total_minutes !== null)
    const n_attended = sum(attended)
    const minutes = timed.length === 0 ? null : timed.reduce((total, it) => total + (it.total_minutes ?? 0), 0)
    return {
      staff_role,
      staff_band,
      n_attended,
      n_not_attended: sum(rows) - n_attended,
      n_people: Math.max(0, ...attended.map((it) => it.n_people)),
      minutes,
      cost: costContacts({ staff_band, n_attended, minutes }, unitCosts, index, project.prices.year),
    }
  })
}

function goals(service: ServiceName, marts: Marts, project: Project): Closely['goals'] {
  const scale = projectScale(project.measures, 'gbo', 'goal_1')
  if (scale === null) return null
  const ids = ['goal_1', 'goal_2', 'goal_3']
  const rows = ids.flatMap(
    (scale_id) => marts.own.get(scaleKey({ service_code: service.code, measure_id: 'gbo', scale_id })) ?? [],
  )
  return goalsSummary(rows, scale, marts.services_with_goals_set.includes(service.code))
}

const DIAGNOSES = ['CPTSD', 'PTSD', 'NONE']

function beside(service: ServiceName, marts: Marts, project: Project): Closely['side_by_side'] {
  const cutoff = projectScale(project.measures, 'pcl-5', 'total')?.cutoff
  if (cutoff === null || cutoff === undefined) return null
  return sideBySide(ofService(service, marts)(marts.side_by_side), DIAGNOSES, cutoff.value)
}
