import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { CostLine, CostResult } from '../../src/economics/cost-result.ts'
import type { Payer } from '../../src/economics/unit-cost.ts'
import { EVENT_TYPES } from '../../src/usage/event-types.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { releaseTime, tooFew } from './release-usage.ts'
import { withheldTypes } from './withheld-types.ts'

/** A costed line after the gate: the cost is the released quantity times the price, so a withheld count withholds its cost. */
export interface ReleasedLine {
  readonly line: CostLine
  readonly label: string
  readonly quantity_before: Released
  readonly quantity_after: Released
  readonly cost_before: Released
  readonly cost_after: Released
  /** The change per person-year were one unit to cost so many pounds. */
  readonly change_at: (pounds: number) => Released
}

/** What a chart draws: a line of its own, or several too small to show singly added up. Pounds per person-year. */
export interface CostGroup {
  readonly labels: readonly string[]
  readonly payer: Payer | null
  readonly before: Released
  readonly after: Released
}

export function releaseLines(gate: Gate, usage: UsageAnalysis): readonly ReleasedLine[] {
  const { cost, summaries } = usage
  const withheld = withheldTypes(gate, usage)
  const time = { before: timeOf(gate, cost, 'before'), after: timeOf(gate, cost, 'after') }
  return cost.lines.map((line) => {
    const people = summaries.find((it) => it.usage_id === line.event_type)?.any_use
    const quantity = (n: number, behind: number | undefined) =>
      withheld.has(line.event_type) ? tooFew(gate) : gate.count(n, { people: behind ?? n })
    const quantity_before = quantity(line.quantity_before, people?.n_before)
    const quantity_after = quantity(line.quantity_after, people?.n_after)
    const unit = line.unit_cost?.unit_cost?.central_pence
    const price = unit === undefined ? gate.absent(say`no unit cost`) : gate.fact(unit / 100)
    const perYear = (n: Released, personYears: Released, price: Released) =>
      gate.derive(
        [n, price, personYears],
        (events, pounds, t) => (t === 0 ? null : toBase(gate, (events * pounds) / t)),
        {
          unit: 'gbp',
        },
      )
    return {
      line,
      label: lineLabel(line),
      quantity_before,
      quantity_after,
      cost_before: perYear(quantity_before, time.before, price),
      cost_after: perYear(quantity_after, time.after, price),
      change_at: (pounds) =>
        changeOf(
          gate,
          perYear(quantity_before, time.before, gate.fact(pounds)),
          perYear(quantity_after, time.after, gate.fact(pounds)),
        ),
    }
  })
}

/**
 * The lines a chart draws. Lines withheld singly are added up, by payer where that rests on enough people, else all together:
 * the total less the lines shown would say as much.
 */
export function costGroups(
  gate: Gate,
  { cost, summaries }: UsageAnalysis,
  lines: readonly ReleasedLine[],
): readonly CostGroup[] {
  const costed = lines.filter((it) => it.line.not_costed_reason === null)
  const isHidden = (it: ReleasedLine) => it.cost_before.is_suppressed || it.cost_after.is_suppressed
  const hidden = costed.filter(isHidden)
  const shown = costed.filter((it) => !isHidden(it)).map(ownGroup)
  const payers = [...new Set(hidden.map((it) => it.line.unit_cost?.payer ?? null))]
  const byPayer = payers.map((payer) =>
    addedUp(
      hidden.filter((it) => (it.line.unit_cost?.payer ?? null) === payer),
      payer,
    ),
  )
  if (byPayer.every(({ before, after }) => before.is_shown && after.is_shown)) return [...shown, ...byPayer]
  return [...shown, addedUp(hidden, payers.length === 1 ? (payers[0] ?? null) : null)]

  function addedUp(parts: readonly ReleasedLine[], payer: Payer | null): CostGroup {
    const side = (name: 'before' | 'after') => {
      const people = parts.map(
        ({ line }) => summaries.find((it) => it.usage_id === line.event_type)?.any_use[`n_${name}`] ?? 0,
      )
      const pence = parts.reduce((sum, { line }) => sum + (line[`cost_${name}`]?.central_pence ?? 0), 0)
      const years = cost[`person_years_${name}`]
      return gate.statistic(years === 0 ? null : pence / 100 / years, { n: Math.max(0, ...people), unit: 'gbp' })
    }
    return { labels: parts.map((it) => it.label), payer, before: side('before'), after: side('after') }
  }
}

function ownGroup({ label, line, cost_before, cost_after }: ReleasedLine): CostGroup {
  return { labels: [label], payer: line.unit_cost?.payer ?? null, before: cost_before, after: cost_after }
}

/** Exact for the team itself, so that its lines add up to the total; rounded as counts are for release. */
function timeOf(gate: Gate, cost: CostResult, period: 'before' | 'after'): Released {
  const years = cost[`person_years_${period}`]
  return gate.policy.is_internal ? gate.fact(years, { decimals: 6 }) : releaseTime(gate, years)
}

/** After less before, of what is shown. */
export function changeOf(gate: Gate, before: Released, after: Released): Released {
  return gate.derive([before, after], (b, a) => a - b, { unit: 'gbp' })
}

/** To the policy's step for pounds. */
export function toBase(gate: Gate, pounds: number): number {
  const base = gate.policy.money_base_pounds
  return Math.round(pounds / base) * base
}

function lineLabel(line: CostLine): string {
  const label = EVENT_TYPES.find((type) => type.id === line.event_type)?.label ?? line.event_type
  return line.is_bed_day ? `${label}, bed days` : label
}
