import type { ServiceName } from '../reports/analysis.ts'
import type {
  FlowsAnalysis,
  FrequentAnalysis,
  IcbAnalysis,
  ReachAnalysis,
  StayCounts,
} from '../reports/analysis-flows.ts'
import type { TeamFlowRow, TeamMoveRow } from '../src/store/mart-types.ts'
import { EVENT_TYPES } from '../src/usage/event-types.ts'
import { backWithin, type Move, secondaryCare } from '../src/usage/flows-summary.ts'
import { ofService } from './analyse-quality.ts'
import type { Project } from './project.ts'
import type { Marts } from './read-marts.ts'

type Settings = Pick<Project, 'services' | 'rules' | 'levels' | 'frequent_attenders' | 'populations'>

/** Where a service's people came from and went; null where the exports hold no referral of it. */
export function analyseFlows(
  service: ServiceName,
  marts: Marts,
  project: Settings,
  dataEndDay: number,
): FlowsAnalysis | null {
  const own = ofService(service, marts)
  const teams = own(marts.team_flow)
  if (teams.length === 0) return null
  const leavings = own(marts.service_leavings)
  const named = (is: (it: TeamMoveRow) => boolean) =>
    marts.team_moves.filter(is).map((it) => namedMove(it, service, marts))
  return {
    stays: staysOf(teams),
    teams: teams.map((it) => ({ ...staysOf([it]), team: it.team ?? 'Not recorded', step: it.step })),
    has_steps: project.levels.length > 0,
    transfer_days: project.rules.transfer_days,
    moves_out: named((it) => it.from_service_code === service.code),
    moves_in: named((it) => it.to_service_code === service.code && it.from_service_code !== service.code),
    n_left: leavings.length,
    returned: backWithin(leavings, project.rules.reentry_days),
    secondary_care: hasSecondaryCare(service, project) ? secondaryCare(own(marts.secondary_care_exits)) : null,
    secondary_care_days: project.rules.secondary_care_days,
    frequent: own(marts.frequent_attenders).flatMap((it) => frequentOf(it, project)),
    reach: project.populations
      .filter((it) => it.service === service.code)
      .map((it) => reachedOf(it, recentPeople(service.code, marts, dataEndDay))),
  }
}

/** Whether the project names secondary care where the service's people would be referred to: of the same board, where boards are named. */
function hasSecondaryCare({ code }: ServiceName, { services, levels }: Settings): boolean {
  const boardOf = (service: string) => services.find((it) => it.code === service)?.icb
  const own = boardOf(code)
  return levels.some((it) => {
    const theirs = boardOf(it.service)
    return it.secondary_care && (own === undefined || theirs === undefined || own === theirs)
  })
}

function staysOf(teams: readonly TeamFlowRow[]): StayCounts {
  const sum = (count: keyof StayCounts) => teams.reduce((total, it) => total + it[count], 0)
  return {
    n_new: sum('n_new'),
    n_moved_in: sum('n_moved_in'),
    n_again: sum('n_again'),
    n_open: sum('n_open'),
    n_moved_out: sum('n_moved_out'),
    n_left: sum('n_left'),
  }
}

/** Teams of the service by their own names; those of others, and a service without teams, with the service's. */
function namedMove(move: TeamMoveRow, service: ServiceName, { services }: Marts): Move {
  const name = (code: string, team: string | null) => {
    const known = services.find((it) => it.code === code)
    const ofService = known === undefined ? code : known.name
    if (team === null) return ofService
    return code === service.code ? team : `${team} (${ofService})`
  }
  return {
    ...move,
    from: name(move.from_service_code, move.from_team),
    to: name(move.to_service_code, move.to_team),
  }
}

function frequentOf(row: Marts['frequent_attenders'][number], { frequent_attenders }: Settings): FrequentAnalysis[] {
  const rule = frequent_attenders[row.rule_number - 1]
  if (rule === undefined) return []
  const { service_code: _service, rule_number: _rule, ...counts } = row
  const labels = rule.event_types.map((type) => EVENT_TYPES.find((it) => it.id === type)?.label ?? type)
  return [{ ...counts, uses: labels.join('; '), at_least: rule.at_least }]
}

interface Recent {
  readonly n_recent: number
  readonly n_not_recent: number
}

function recentPeople(service_code: string, { episodes }: Marts, dataEndDay: number): Recent {
  const own = episodes.filter((it) => it.service_code === service_code)
  const everyone = new Set(own.map((it) => it.person_key)).size
  const isRecent = (it: (typeof own)[number]) => it.end_day === null || it.end_day > dataEndDay - 365
  const n_recent = new Set(own.filter(isRecent).map((it) => it.person_key)).size
  return { n_recent, n_not_recent: everyone - n_recent }
}

function reachedOf({ who, people, source }: Settings['populations'][number], recent: Recent): ReachAnalysis {
  return { who, people, source, ...recent }
}

/** Every board that the project names for a service. */
export function analyseIcbs(marts: Marts, project: Pick<Project, 'services' | 'populations'>): IcbAnalysis[] {
  const codes = [...new Set(project.services.flatMap((it) => it.icb ?? []))].sort()
  return codes.map((icb_code) => {
    const own = marts.reached.filter((it) => it.icb_code === icb_code)
    const count = (rows: typeof own) => rows.reduce((sum, it) => sum + it.n_people, 0)
    const n_recent = count(own.filter((it) => it.is_recent === 1))
    return {
      icb_code,
      service_codes: project.services.filter((it) => it.icb === icb_code).map((it) => it.code),
      n_in_one: count(own.filter((it) => it.n_services === 1)),
      n_in_several: count(own.filter((it) => it.n_services > 1)),
      reach: project.populations
        .filter((it) => it.icb === icb_code)
        .map((it) => reachedOf(it, { n_recent, n_not_recent: count(own) - n_recent })),
    }
  })
}
