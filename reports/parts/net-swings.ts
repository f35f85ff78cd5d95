import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { CostScenario } from '../../src/economics/cost-result.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { groupLabel, type ReleasedCost } from './cost-figures.ts'
import { costGroups, type ReleasedLine, toBase } from './cost-lines.ts'
import { inSentence, serviceWords, table } from './text.ts'

/** One thing changed between two ends, and the net cost a person at each. */
interface NetSwing {
  readonly label: ReleasedText
  readonly from: ReleasedText
  readonly to: ReleasedText
  readonly low: Released
  readonly high: Released
}

/**
 * What would change the answer: the net cost of a person in the first year with one thing changed at a time. All of it is worked out
 * from what is shown, so that a withheld line has no bar. Null where the net is not shown.
 */
export function netTornado(
  gate: Gate,
  usage: UsageAnalysis,
  cost: ReleasedCost,
  lines: readonly ReleasedLine[],
): Figure | null {
  if (!cost.net.is_shown) return null
  const swings = netSwings(gate, usage, cost, lines).toSorted((a, b) => widthOf(b) - widthOf(a))
  return {
    id: `net-swings-${usage.service.code}`,
    title: swingsTitle(cost.net, swings),
    summary: say`Net cost a person in the first year when one thing is changed at a time, the others as reported. The line is the net as reported; where a bar crosses nought, the broken line, that thing alone turns the answer. What moves the net by nothing that shows is in the table only.`,
    chart: 'tornado',
    rows: swings
      .filter((it) => widthOf(it) !== 0)
      .map(({ label, from, to, low, high }) => ({ label: say`${label}: ${from}, or ${to}`, low, high })),
    params: {
      x_title: say`Net pounds a person, first year; below nought is less cost`,
      x_domain: axisEnds(
        gate,
        swings.flatMap((it) => [it.low, it.high]),
      ),
      base: cost.net,
      low_label: say`At the first value`,
      high_label: say`At the second`,
    },
    table: table(
      gate,
      `net-swings-${usage.service.code}`,
      `What would change the net cost, ${serviceWords(usage.service)}`,
      [
        ['label', 'What is changed', 'text'],
        ['from', 'First value', 'text'],
        ['to', 'Second value', 'text'],
        ['low', 'Net at the first', 'money'],
        ['high', 'Net at the second', 'money'],
      ],
      swings.map((it) => ({ ...it })),
      [
        say`A price is moved over the range its source gives, or by a quarter each way where it gives one figure. The middle 95% is chance alone: other people might have come.`,
      ],
    ),
  }
}

function netSwings(
  gate: Gate,
  usage: UsageAnalysis,
  cost: ReleasedCost,
  lines: readonly ReleasedLine[],
): readonly NetSwing[] {
  const { net, programme, difference } = cost
  const moved = (amount: Released, share: number) =>
    gate.derive([net, amount], (all, part) => toBase(gate, all + share * part), { unit: 'gbp' })
  const quarter = { from: say`25% less`, to: say`25% more` }
  return [
    ...priceSwings(gate, usage, net, lines),
    {
      label: say`What the service itself costs`,
      ...quarter,
      low: moved(programme, -0.25),
      high: moved(programme, 0.25),
    },
    {
      label: say`Share of the change that is the service’s doing`,
      from: say`half`,
      to: say`all`,
      low: moved(difference, -0.5),
      high: net,
    },
    {
      label: say`Which people came, by chance`,
      from: say`lower end of the 95% interval`,
      to: say`upper end`,
      low: cost.net_low,
      high: cost.net_high,
    },
    ...usage.cost.scenarios.map((it) => scenarioSwing(gate, it, net)),
    ...(gate.policy.is_internal
      ? [
          {
            label: say`The one person with the largest costs`,
            from: say`left out`,
            to: say`as reported`,
            low: gate.derive([programme, cost.without_largest], (own, change) => own + change, { unit: 'gbp' }),
            high: net,
          },
        ]
      : []),
  ]
}

/** One swing a price; types too few people used to be shown singly are moved together. */
function priceSwings(
  gate: Gate,
  usage: UsageAnalysis,
  net: Released,
  lines: readonly ReleasedLine[],
): readonly NetSwing[] {
  const own = lines.filter((it) => it.line.unit_cost?.sector === 'nhs_pss')
  return costGroups(gate, usage, own)
    .filter((group) => group.labels.length > 0)
    .map((group) => {
      const [only] = group.labels.length === 1 ? own.filter((it) => it.label === group.labels[0]) : []
      const range = only?.line.unit_cost?.unit_cost
      const hasRange = range !== null && range !== undefined && range.low_pence < range.high_pence
      const [less, more] = hasRange
        ? [range.low_pence / range.central_pence, range.high_pence / range.central_pence]
        : [0.75, 1.25]
      const at = (factor: number) =>
        gate.derive(
          [net, group.before, group.after],
          (all, before, after) => toBase(gate, all + (factor - 1) * (after - before)),
          { unit: 'gbp' },
        )
      return {
        label: say`Price: ${gate.label(inSentence(groupLabel(gate, group).text))}`,
        from: hasRange ? say`low end of its range` : say`25% less`,
        to: hasRange ? say`high end` : say`25% more`,
        low: at(less),
        high: at(more),
      }
    })
}

function scenarioSwing(gate: Gate, it: CostScenario, net: Released): NetSwing {
  const { difference_per_person_year_pence: change, programme_per_person_pence: own } = it
  const pounds = change === null || own === null ? null : (change + own) / 100
  return {
    label: gate.label(it.label),
    from: say`instead`,
    to: say`as reported`,
    low: gate.statistic(pounds, { n: it.n_people, unit: 'gbp', reason: say`not known` }),
    high: net,
  }
}

function swingsTitle(net: Released, swings: readonly NetSwing[]): ReleasedText {
  const [widest] = swings
  const turns = swings.filter(({ low, high }) => [low, high].some((end) => isOpposite(net, end)))
  if (widest === undefined) return say`What would change the net cost`
  if (turns.length === 0) return say`No one thing changed alone turns the net cost of ${net} a person`
  const [first] = turns
  return turns.length === 1 && first !== undefined
    ? say`One thing would turn the net cost of ${net} a person: ${first.label}`
    : say`The net cost of ${net} a person turns with more than one thing, first of all ${first?.label ?? widest.label}`
}

function isOpposite(net: Released, end: Released): boolean {
  return net.value !== null && end.value !== null && net.value * end.value < 0
}

/** Of what is shown; a withheld one is the narrowest. */
function widthOf({ low, high }: NetSwing): number {
  return low.value === null || high.value === null ? -1 : Math.abs(high.value - low.value)
}
