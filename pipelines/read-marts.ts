import type { ServiceName } from '../reports/analysis.ts'
import { HEADLINE_SCALES } from '../reports/parts/headline-scales.ts'
import type { Store } from '../src/store/open.ts'
import { readContactCounts } from '../src/store/queries/contacts.ts'
import { readFaultCounts, readFaultCountsByColumn, readFiles } from '../src/store/queries/files.ts'
import { readFindingCounts } from '../src/store/queries/findings.ts'
import {
  readFrequentAttenders,
  readReached,
  readSecondaryCareExits,
  readServiceLeavings,
  readTeamFlow,
  readTeamMoves,
} from '../src/store/queries/flows.ts'
import { readFunnel, readFunnelCounts } from '../src/store/queries/funnel.ts'
import {
  readContactMonths,
  readPeopleFollowed,
  readRareEvents,
  readServiceMonths,
  readUseMonths,
  readUsersByPeriod,
} from '../src/store/queries/months.ts'
import {
  readCategoryPairs,
  readComparedPairs,
  readHelpWanted,
  readNationalPairs,
  readOwnPairs,
  readRiskTransitions,
  readServicesWithGoalsSet,
  readSideBySide,
  readTalkingTherapies,
} from '../src/store/queries/pairs.ts'
import {
  readEpisodeProfiles,
  readEpisodes,
  readIndexPeople,
  readPersonArms,
  readPersons,
} from '../src/store/queries/people.ts'
import {
  readAnsweredForms,
  readCompleteness,
  readLinkage,
  readMeasureCounts,
  readMeasureStarts,
  readMonthCounts,
  readTeamCodings,
  readTeamCounts,
  readUnmappedCodes,
} from '../src/store/queries/quality.ts'
import { readFollowUps, readOutcomeFlow, readTimepoints } from '../src/store/queries/timepoints.ts'
import { EVENT_GROUPS } from '../src/usage/event-groups.ts'
import { MOST_MONTHS_WITHOUT } from '../src/usage/rare-events.ts'

/** What the analyses read of a store, of every service. */
export type Marts = Awaited<ReturnType<typeof readMarts>>

export async function readMarts({ kysely }: Store) {
  const profiles = await readEpisodeProfiles(kysely)
  return {
    services: await readServices(kysely),
    persons: await readPersons(kysely),
    episodes: await readEpisodes(kysely),
    profiles,
    profile_of: new Map(profiles.map((it) => [it.episode_id, it])),
    arms: await readPersonArms(kysely),
    index_people: await readIndexPeople(kysely),
    own: byScale(await readOwnPairs(kysely)),
    category: await readCategoryPairs(kysely),
    national: byScale(await readNationalPairs(kysely)),
    compared: byScale(await readComparedPairs(kysely)),
    talking_therapies: await readTalkingTherapies(kysely),
    side_by_side: await readSideBySide(kysely),
    services_with_goals_set: await readServicesWithGoalsSet(kysely),
    help_wanted: await readHelpWanted(kysely),
    risk: await readRiskTransitions(kysely),
    funnel: await readFunnelCounts(kysely),
    funnel_episodes: byScale(await readFunnel(kysely)),
    timepoints: byScale(await readTimepoints(kysely, HEADLINE_SCALES)),
    follow_ups: byScale(await readFollowUps(kysely, HEADLINE_SCALES)),
    flow: byScale(await readOutcomeFlow(kysely)),
    files: await readFiles(kysely),
    faults: await readFaultCounts(kysely),
    faults_by_column: await readFaultCountsByColumn(kysely),
    findings: await readFindingCounts(kysely),
    completeness: await readCompleteness(kysely),
    measure_starts: await readMeasureStarts(kysely),
    team_codings: await readTeamCodings(kysely),
    answered_forms: await readAnsweredForms(kysely),
    unmapped_codes: await readUnmappedCodes(kysely),
    linkage: await readLinkage(kysely),
    measures: await readMeasureCounts(kysely),
    months: await readMonthCounts(kysely),
    teams: await readTeamCounts(kysely),
    contacts: await readContactCounts(kysely),
    service_months: await readServiceMonths(kysely),
    contact_months: await readContactMonths(kysely),
    use_months: await readUseMonths(kysely),
    emergency_users: await readUsersByPeriod(kysely, EVENT_GROUPS[0].event_types),
    rare_events: await readRareEvents(kysely, MOST_MONTHS_WITHOUT),
    people_followed: await readPeopleFollowed(kysely),
    team_moves: await readTeamMoves(kysely),
    team_flow: await readTeamFlow(kysely),
    service_leavings: await readServiceLeavings(kysely),
    secondary_care_exits: await readSecondaryCareExits(kysely),
    frequent_attenders: await readFrequentAttenders(kysely),
    reached: await readReached(kysely),
    aggregates: await readAggregates(kysely),
  }
}

function readAggregates(kysely: Store['kysely']) {
  return kysely
    .selectFrom('aggregate_count')
    .innerJoin('import_file', 'import_file.file_id', 'aggregate_count.file_id')
    .where('import_file.superseded_by', 'is', null)
    .selectAll('aggregate_count')
    .execute()
}

async function readServices(kysely: Store['kysely']): Promise<ServiceName[]> {
  const rows = await kysely.selectFrom('service').selectAll().execute()
  return rows.map((it) => ({ code: it.service_code, name: it.service_name, area: it.area }))
}

interface OfScale {
  readonly service_code: string
  readonly measure_id: string
  readonly scale_id: string
}

/** What the rows of one service's scale are found under. */
export function scaleKey({ service_code, measure_id, scale_id }: OfScale): string {
  return `${service_code} ${measure_id} ${scale_id}`
}

function byScale<Row extends OfScale>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(scaleKey(row))
    if (group === undefined) groups.set(scaleKey(row), [row])
    else group.push(row)
  }
  return groups
}
