import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { CompletenessCount, MeasureQuality } from '../analysis.ts'
import { isIn, type Period, periodsOf } from './periods.ts'

/** Episodes that could have been measured, with a first score, and with two. Shares are of released counts. */
export interface ReleasedCompleteness {
  readonly eligible: Released
  readonly first: Released
  readonly two: Released
  readonly first_percent: Released
  readonly two_percent: Released
}

export function releaseCompleteness(gate: Gate, counts: readonly CompletenessCount[]): ReleasedCompleteness {
  const stages = gate.stages({
    eligible: sum(counts, 'n_eligible'),
    first: sum(counts, 'n_first'),
    two: sum(counts, 'n_two'),
  })
  return {
    ...stages,
    first_percent: gate.percentage(stages.first, stages.eligible),
    two_percent: gate.percentage(stages.two, stages.eligible),
  }
}

export interface TeamRow extends ReleasedCompleteness {
  readonly team: ReleasedText
}

/**
 * The teams of a measure; none where there is only one. In what is released, teams too small for a percentage are one row, joined
 * by the smallest of the others if they are too few together: no row is withheld, so none can be had from the others.
 */
export function releaseTeams(gate: Gate, measure: MeasureQuality): readonly TeamRow[] {
  const teams = [...new Set(measure.completeness.map(({ team }) => team))]
    .toSorted((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map((team) => ({
      name: gate.label(team ?? 'Team not recorded'),
      counts: measure.completeness.filter((it) => it.team === team),
    }))
  const shown = gate.policy.is_internal ? teams : withSmallTogether(gate, teams)
  if (shown.length < 2) return []
  return shown.map(({ name, counts }) => ({ team: name, ...releaseCompleteness(gate, counts) }))
}

interface Team {
  readonly name: ReleasedText
  readonly counts: readonly CompletenessCount[]
}

function withSmallTogether(gate: Gate, teams: readonly Team[]): readonly Team[] {
  const least = gate.policy.min_n_percentage
  const isLarge = ({ counts }: Team) => sum(counts, 'n_eligible') >= least
  const large = teams.filter(isLarge)
  const small = teams.filter((team) => !isLarge(team))
  if (small.length === 0) return large
  const others = (counts: readonly CompletenessCount[]): Team => ({ name: say`Other teams`, counts })
  const together = others(small.flatMap(({ counts }) => counts))
  if (isLarge(together)) return [...large, together]
  const [smallest] = large.toSorted((a, b) => sum(a.counts, 'n_eligible') - sum(b.counts, 'n_eligible'))
  if (smallest === undefined) return []
  return [...large.filter((team) => team !== smallest), others([...smallest.counts, ...together.counts])]
}

export interface PeriodRow extends ReleasedCompleteness {
  readonly period: Period
}

/** At least so much of a chart's points has to be there for it to be drawn. */
const ENOUGH_SHOWN = 0.8
const MOST_POINTS = 24

/** By month of starting; by quarter or year where single months hold too few, or are too many, to draw. None where years do too. */
export function releasePeriods(gate: Gate, { completeness }: MeasureQuality): readonly PeriodRow[] {
  for (const step of [1, 3, 12]) {
    const rows = periodsOf(
      completeness.map(({ month }) => month),
      step,
    ).map((period) => ({
      period,
      ...releaseCompleteness(
        gate,
        completeness.filter(({ month }) => isIn(period, month)),
      ),
    }))
    const shown = rows.filter((row) => row.first_percent.is_shown)
    if (rows.length <= MOST_POINTS && shown.length >= 2 && shown.length >= rows.length * ENOUGH_SHOWN) return rows
  }
  return []
}

function sum(counts: readonly CompletenessCount[], key: 'n_eligible' | 'n_first' | 'n_two'): number {
  return counts.reduce((total, it) => total + it[key], 0)
}
