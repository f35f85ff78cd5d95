import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { SecondaryCare } from '../../src/usage/flows-summary.ts'
import type { FlowsAnalysis } from '../analysis-flows.ts'
import { releasedIncidence } from './release-flows.ts'
import { interval, intervalCell, table } from './text.ts'

const MONTHS: Readonly<Record<number, string>> = { 91: '3 months', 183: '6 months', 365: '12 months' }

/** Everybody by what came first; those who were there already are apart. */
function releaseExits(gate: Gate, it: SecondaryCare) {
  return gate.partition({
    secondary_care: it.n_secondary_care,
    left: it.n_left,
    died: it.n_died,
    still_open: it.n_still_open,
  })
}

type CareAnalysis = SecondaryCare
type Point = CareAnalysis['points'][number]

function releasePoint(gate: Gate, care: CareAnalysis, point: Point) {
  const { cells, total } = releaseExits(gate, care)
  const n = care.n_secondary_care + care.n_left + care.n_died + care.n_still_open
  const reason = point.incidence === null ? say`nobody was seen for so long` : say`no interval`
  const percent = (value: number | null) => releasedIncidence(gate, value, total, n, cells.secondary_care, reason)
  return {
    incidence: percent(point.incidence),
    low: percent(point.lower),
    high: percent(point.upper),
    at_risk: gate.count(point.n_at_risk),
  }
}

/** The last day that the estimate reaches, in a sentence; nothing where it does not exist. */
export function secondaryCareWords(gate: Gate, { secondary_care: care }: FlowsAnalysis): ReleasedText {
  const point = care?.points.findLast((it) => it.incidence !== null)
  if (care === null || point === undefined) return say``
  const { incidence, low, high } = releasePoint(gate, care, point)
  if (!incidence.is_shown) return say``
  const range = low.is_shown ? say` (95% interval ${interval(low, high)})` : say``
  return say` Within ${gate.label(MONTHS[point.day] ?? `${point.day} days`)} of their first referral ${incidence}${range} had gone on to secondary care.`
}

/** How many went on, by when, with the other ways out competing and those still open followed for as long as they were seen. */
export function secondaryCareTable(
  gate: Gate,
  { secondary_care: care, secondary_care_days }: FlowsAnalysis,
): ReleasedTable[] {
  if (care === null) return []
  const { cells, total } = releaseExits(gate, care)
  const days = gate.statistic(care.median_days, { n: care.n_secondary_care, decimals: 0, reason: say`nobody went on` })
  return [
    table(
      gate,
      'secondary-care',
      'Going on to secondary care',
      [
        ['label', 'After the first referral', 'text'],
        ['incidence', 'Gone on to secondary care', 'percent'],
        ['range', '95% interval', 'text'],
        ['at_risk', 'Still with the service and followed', 'count'],
      ],
      care.points.map((point) => {
        const it = releasePoint(gate, care, point)
        return {
          label: gate.label(MONTHS[point.day] ?? `${point.day} days`),
          incidence: it.incidence,
          range: intervalCell(it.low, it.high),
          at_risk: it.at_risk,
        }
      }),
      [
        say`Of ${total} people: gone on ${cells.secondary_care}, left without that ${cells.left}, died ${cells.died}, not decided by the end of the data ${cells.still_open}. Median days to secondary care, of those who went on: ${days}.`,
        say`Aalen and Johansen’s estimate: leaving and dying compete with going on, and who is still open counts for as long as they were seen. Left: ${gate.fact(secondary_care_days)} days after leaving without a referral to secondary care. Already there at the first referral, and left out: ${gate.count(care.n_already)}.`,
      ],
    ),
  ]
}
