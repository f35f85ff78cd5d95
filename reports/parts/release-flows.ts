import type { Gate, ReleasedPartition } from '../../src/disclosure/gate.ts'
import type { Released, ReleasedText } from '../../src/disclosure/released.ts'
import { type Move, type MovesOneWay, movesByWay, movesTogether } from '../../src/usage/flows-summary.ts'
import type { FlowsAnalysis, StayCounts } from '../analysis-flows.ts'

export const DIRECTIONS = ['up', 'down', 'same', 'not_known'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Stays of a service after the gate: one number for the same stays wherever it is printed. */
export interface ReleasedFlows {
  readonly stays: Released
  readonly ended: Released
  readonly moved: Released
  readonly open: Released
  readonly left: Released
  readonly directions: ReleasedPartition<Direction>
}

export function releaseFlows(gate: Gate, { stays, moves_out }: FlowsAnalysis): ReleasedFlows {
  const towards = (direction: Direction) => moves_out.filter((it) => it.direction === direction).length
  const directions = gate.partition({
    up: towards('up'),
    down: towards('down'),
    same: towards('same'),
    not_known: towards('not_known'),
  })
  const ended = stays.n_moved_out + stays.n_left
  return {
    ...gate.stages({ stays: ended + stays.n_open, ended, moved: stays.n_moved_out }, directions),
    open: gate.count(stays.n_open),
    left: gate.count(stays.n_left),
    directions,
  }
}

/** How stays came to be, and how they ended, each adding up to its own total. */
export function releaseStays(gate: Gate, it: StayCounts) {
  return {
    came: gate.partition({ new: it.n_new, moved_in: it.n_moved_in, again: it.n_again }),
    went: gate.partition({ open: it.n_open, moved_out: it.n_moved_out, left: it.n_left }),
  }
}

/** One row of the table of moves; `is_pooled`: of several ways too little used to be shown one by one. */
export interface ReleasedWay {
  readonly way: MovesOneWay
  readonly n: Released
  readonly is_pooled: boolean
}

/**
 * The ways that may be shown, the most used first, and the others as one. Where the others are still too few together, the least used
 * of the shown ways joins them, until they are enough: then nothing is withheld that could be had by subtraction.
 */
export function releaseWays(gate: Gate, moves: readonly Move[]): ReleasedWay[] {
  const ways = movesByWay(moves)
  const isShown = (n: number) => gate.count(n).is_shown
  const shown = ways.filter((it) => isShown(it.n))
  let nOthers = moves.length - shown.reduce((sum, it) => sum + it.n, 0)
  while (nOthers > 0 && !isShown(nOthers) && shown.length > 0) nOthers += shown.pop()?.n ?? 0
  const kept = new Set(shown.map(({ from, to }) => `${from}\n${to}`))
  const others = moves.filter((it) => !kept.has(`${it.from}\n${it.to}`))
  const row = (way: MovesOneWay, is_pooled: boolean) => ({ way, n: gate.count(way.n), is_pooled })
  return [...shown.map((it) => row(it, false)), ...(others.length === 0 ? [] : [row(movesTogether(others), true)])]
}

/** Percent, in steps of at least five people unless the report is internal. */
export function releasedIncidence(
  gate: Gate,
  value: number | null,
  total: Released,
  n: number,
  part: Released,
  reason: ReleasedText,
): Released {
  const raw = gate.statistic(value === null ? null : 100 * value, { n, decimals: 1, reason })
  return gate.derive(
    [part, total, raw],
    (_part, people, percent) => {
      const step = gate.policy.is_internal ? 0.1 : Math.max(1, Math.ceil(500 / Math.max(people, 1)))
      return step * Math.round(percent / step)
    },
    { decimals: gate.policy.is_internal ? 1 : 0, unit: 'percent' },
  )
}

type TeamStays = FlowsAnalysis['teams'][number]
const COUNTS = ['n_new', 'n_moved_in', 'n_again', 'n_open', 'n_moved_out', 'n_left'] as const

/**
 * Teams all of whose counts may be shown, and the others as one: joined by the smallest of the shown ones until none of theirs is
 * withheld either, so that none can be had from the service's total.
 */
export function pooledTeams(gate: Gate, teams: readonly TeamStays[]): TeamStays[] {
  const isShown = (it: TeamStays) => COUNTS.every((count) => gate.count(it[count]).is_shown)
  const size = (it: TeamStays) => it.n_new + it.n_moved_in + it.n_again
  const shown = teams.filter(isShown).sort((a, b) => size(b) - size(a))
  const others = teams.filter((it) => !isShown(it))
  while (others.length > 0 && !isShown(together(others)) && shown.length > 0) others.push(shown.pop() as TeamStays)
  return [...shown, ...(others.length === 0 ? [] : [together(others)])]
}

function together(teams: readonly TeamStays[]): TeamStays {
  const sum = (count: (typeof COUNTS)[number]) => teams.reduce((total, it) => total + it[count], 0)
  const steps = new Set(teams.map((it) => it.step))
  return {
    team: teams.length === 1 ? (teams[0]?.team ?? '') : 'Other teams',
    step: steps.size === 1 ? (teams[0]?.step ?? null) : null,
    n_new: sum('n_new'),
    n_moved_in: sum('n_moved_in'),
    n_again: sum('n_again'),
    n_open: sum('n_open'),
    n_moved_out: sum('n_moved_out'),
    n_left: sum('n_left'),
  }
}
