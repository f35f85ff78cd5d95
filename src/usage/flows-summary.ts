import { type CumulativeIncidence, cumulativeIncidence } from '../stats/cumulative-incidence.ts'
import { median } from '../stats/describe.ts'

/** One move between teams, as the mart team_moves has it. */
export interface Move {
  readonly from: string
  readonly to: string
  readonly direction: 'up' | 'down' | 'same' | 'not_known'
  readonly days_in_team: number
  readonly days_between: number
  readonly days_to_return: number | null
  readonly days_followed: number
}

/** Of moves or leavings followed for so many days, or back before: how many came back within them. */
export interface WithinDays {
  readonly days: number
  readonly n_due: number
  readonly n_back: number
}

/** All moves one way. Medians null for no moves. median_days_between: 0 for stays that overlapped. */
export interface MovesOneWay {
  readonly from: string
  readonly to: string
  readonly direction: Move['direction']
  readonly n: number
  readonly median_days_in_team: number | null
  readonly median_days_between: number | null
  readonly back: readonly WithinDays[]
}

export const BOUNCE_BACK_DAYS = [30, 90] as const

/** The most used way first; of two used as often, by name. */
export function movesByWay(moves: readonly Move[]): MovesOneWay[] {
  const ways = new Map<string, Move[]>()
  for (const move of moves) {
    const way = JSON.stringify([move.from, move.to])
    ways.set(way, [...(ways.get(way) ?? []), move])
  }
  return [...ways.values()]
    .map(movesTogether)
    .sort((a, b) => b.n - a.n || (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1))
}

/** One row of several moves, under the names and direction of the first. */
export function movesTogether(moves: readonly Move[]): MovesOneWay {
  const [first] = moves
  return {
    from: first?.from ?? '',
    to: first?.to ?? '',
    direction: first?.direction ?? 'not_known',
    n: moves.length,
    median_days_in_team: median(moves.map((it) => it.days_in_team)),
    median_days_between: median(moves.map((it) => Math.max(0, it.days_between))),
    back: BOUNCE_BACK_DAYS.map((days) => backWithin(moves, days)),
  }
}

/** N days still count; whoever was followed for fewer, and not seen to come back, does not. */
export function backWithin(rows: readonly Pick<Move, 'days_to_return' | 'days_followed'>[], days: number): WithinDays {
  const isBack = (it: (typeof rows)[number]) => it.days_to_return !== null && it.days_to_return <= days
  return {
    days,
    n_due: rows.filter((it) => isBack(it) || it.days_followed >= days).length,
    n_back: rows.filter(isBack).length,
  }
}

/** What came first after a person's first referral, as the mart secondary_care_exits has it. */
export interface Exit {
  readonly exit: 'secondary_care' | 'left' | 'died' | 'still_open' | 'already'
  readonly days: number | null
}

/** n_already are no part of the rest. n_secondary_care + n_left + n_died + n_still_open = people that could go on. */
export interface SecondaryCare {
  readonly n_already: number
  readonly n_secondary_care: number
  readonly n_left: number
  readonly n_died: number
  readonly n_still_open: number
  /** Of those who went on. */
  readonly median_days: number | null
  readonly points: readonly CumulativeIncidence[]
}

export const SECONDARY_CARE_DAYS = [91, 183, 365] as const

/** Null where nobody could be told. */
export function secondaryCare(exits: readonly Exit[]): SecondaryCare | null {
  if (exits.length === 0) return null
  const count = (exit: Exit['exit']) => exits.filter((it) => it.exit === exit).length
  const people = exits.flatMap(({ exit, days }) =>
    exit === 'already' || days === null ? [] : [{ days, event: exit === 'still_open' ? null : exit }],
  )
  return {
    n_already: count('already'),
    n_secondary_care: count('secondary_care'),
    n_left: count('left'),
    n_died: count('died'),
    n_still_open: count('still_open'),
    median_days: median(people.flatMap((it) => (it.event === 'secondary_care' ? [it.days] : []))),
    points: cumulativeIncidence(people, 'secondary_care', SECONDARY_CARE_DAYS),
  }
}
