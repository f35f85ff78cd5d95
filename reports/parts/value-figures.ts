import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedRow } from '../../src/disclosure/released-table.ts'
import { axisEnds, evenAxisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import type { ServiceName } from '../analysis.ts'
import { type ReleasedSwing, type ReleasedValue, releaseSwings } from './release-value.ts'
import { interval, serviceWords, table } from './text.ts'

/** Of a normal cloud, the ellipse at this many standard deviations holds 95%. */
const RADIUS_95 = Math.sqrt(-2 * Math.log(0.05))
const STEPS = 72

/** The mean difference and the ellipse that holds 95% of its doubt, drawn from released numbers alone. */
export function cePlane(gate: Gate, service: ServiceName, it: ReleasedValue): Figure {
  const ellipse = ellipseRows(gate, it)
  const x = evenAxisEnds(
    gate,
    ellipse.map((row) => row.qaly),
  )
  const y = evenAxisEnds(
    gate,
    ellipse.map((row) => row.cost),
  )
  const lead = it.value.thresholds[0] as number
  const line = [x[0], x[1]].map((qaly, place) => ({
    part: gate.label('threshold'),
    place: gate.fact(place),
    qaly,
    cost: gate.derive([qaly], (value) => lead * value, { unit: 'gbp' }),
  }))
  return {
    id: `ce-plane-${service.code}`,
    title: planeTitle(it),
    summary: say`Difference in QALYs (across) and in cost (upwards) a person in the first year, with the service’s own cost. The dot is the mean: ${it.qaly} QALYs (${interval(it.qaly_low, it.qaly_high)}) and ${it.cost} (${interval(it.cost_low, it.cost_high)}). The ellipse holds 95% of the doubt about it. Below the dashed line, a QALY costs less than ${gate.fact(lead, { unit: 'gbp' })}.`,
    chart: 'ce_plane',
    rows: [
      ...ellipse,
      ...line,
      { part: gate.label('mean'), place: gate.fact(0), qaly: it.qaly, cost: it.cost },
    ] as ReleasedRow[],
    params: {
      x_title: gate.label('Difference in QALYs a person'),
      y_title: gate.label('Difference in cost a person'),
      x_domain: x,
      y_domain: y,
      better_dearer: gate.label('better,\ndearer'),
      better_cheaper: gate.label('better,\ncheaper'),
      worse_dearer: gate.label('worse,\ndearer'),
      worse_cheaper: gate.label('worse,\ncheaper'),
    },
    table: table(
      gate,
      `ce-plane-${service.code}`,
      `Difference in cost and in QALYs a person: ${serviceWords(service)}`,
      [
        ['label', 'Difference, after less before', 'text'],
        ['mean', 'Mean', 'number'],
        ['range', '95% interval', 'text'],
        ['sd', 'Standard error', 'number'],
      ],
      [
        { label: say`QALYs`, mean: it.qaly, range: interval(it.qaly_low, it.qaly_high), sd: it.sd_qaly },
        { label: say`Cost`, mean: it.cost, range: interval(it.cost_low, it.cost_high), sd: it.sd_cost },
      ],
      [say`Correlation of the two: ${it.correlation}.`],
    ),
  }
}

function planeTitle({ qaly_low, qaly_high, cost_low, cost_high }: ReleasedValue) {
  const quality = sideOf(qaly_low.value, qaly_high.value)
  const cost = sideOf(cost_low.value, cost_high.value)
  if (quality === 'unclear' && cost === 'unclear') return say`It is not clear whether quality of life or cost changed`
  if (quality === 'unclear')
    return cost === 'above' ? say`Dearer, and not clear whether better` : say`Cheaper, and not clear whether better`
  if (cost === 'unclear')
    return quality === 'above' ? say`Better, and not clear whether dearer` : say`Worse, and not clear whether dearer`
  if (quality === 'above') return cost === 'above' ? say`Better and dearer` : say`Better and cheaper`
  return cost === 'above' ? say`Worse and dearer` : say`Worse and cheaper`
}

function sideOf(low: number | null, high: number | null): 'above' | 'below' | 'unclear' {
  if (low === null || high === null || (low <= 0 && high >= 0)) return 'unclear'
  return low > 0 ? 'above' : 'below'
}

function ellipseRows(gate: Gate, it: ReleasedValue) {
  return Array.from({ length: STEPS }, (_, place) => {
    const angle = (2 * Math.PI * place) / STEPS
    const [across, up] = [Math.cos(angle), Math.sin(angle)]
    return {
      part: gate.label('ellipse'),
      place: gate.fact(angle, { decimals: 3 }),
      qaly: gate.derive([it.qaly, it.sd_qaly], (mean, sd) => mean + RADIUS_95 * sd * across, { decimals: 5 }),
      cost: gate.derive(
        [it.cost, it.sd_cost, it.correlation],
        (mean, sd, r) => mean + RADIUS_95 * sd * (r * across + Math.sqrt(Math.max(0, 1 - r * r)) * up),
        { decimals: 1 },
      ),
    }
  })
}

/** The chance that the net benefit is above zero, by what a QALY is valued at: against one alternative, so pairwise. */
export function acceptability(gate: Gate, service: ServiceName, it: ReleasedValue): Figure {
  const lead = it.thresholds[0]
  const rows = it.curve.map((point) => ({
    wtp: point.wtp,
    percent: point.chance,
    is_threshold: gate.label(it.thresholds.some((other) => other.wtp.value === point.wtp.value) ? 'yes' : 'no'),
  }))
  return {
    id: `ceac-${service.code}`,
    title:
      lead === undefined
        ? say`Chance that the change is worth its cost`
        : say`At ${lead.wtp} for a QALY, a ${lead.chance} chance that the change is worth its cost`,
    summary: say`The share of resamples in which QALYs, valued at so many pounds each, outweigh the difference in cost. It compares the year after joining with no change from joining, and says nothing of what would have happened in any case.`,
    chart: 'ceac',
    rows,
    params: {
      x_title: gate.label('Pounds for a QALY'),
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.wtp),
      ),
      y_title: gate.label('Chance of being worth it (%)'),
    },
    table: table(
      gate,
      `ceac-${service.code}`,
      `Chance that the change is worth its cost: ${serviceWords(service)}`,
      [
        ['wtp', 'For a QALY', 'money'],
        ['percent', 'Chance', 'percent'],
      ],
      rows.map(({ wtp, percent }) => ({ wtp, percent })),
    ),
  }
}

/** How far the net benefit at the leading threshold moves with each thing alone. */
export function valueTornado(gate: Gate, service: ServiceName, it: ReleasedValue): Figure | null {
  const base = it.thresholds[0]?.benefit
  const swings = releaseSwings(gate, it.value)
  const drawn = swings.filter(({ low, high }) => low.is_shown && high.is_shown && low.value !== high.value)
  if (base === undefined || !base.is_shown || drawn.length === 0) return null
  const lead = gate.fact(it.value.thresholds[0] as number, { unit: 'gbp' })
  return {
    id: `value-swings-${service.code}`,
    title: swingsTitle(base, drawn),
    summary: say`Net benefit a person at ${lead} for a QALY when one thing is changed at a time, the others as reported. The line is the net benefit as reported, ${base}; a bar that crosses nought turns the answer. Prices go over their quoted range, or a quarter either way where the source gives one figure.`,
    chart: 'tornado',
    rows: drawn.map(({ label, low_label, high_label, low, high }) => ({
      label: say`${label}: ${low_label}, or ${high_label}`,
      low,
      high,
    })),
    params: {
      x_title: say`Net benefit a person, pounds; above nought it is worth its cost`,
      x_domain: axisEnds(
        gate,
        drawn.flatMap((row) => [row.low, row.high]),
      ),
      base,
      low_label: say`At the first value`,
      high_label: say`At the second`,
    },
    table: table(
      gate,
      `value-swings-${service.code}`,
      `What would change the net benefit, one thing at a time: ${serviceWords(service)}`,
      [
        ['label', 'What is changed', 'text'],
        ['from', 'First value', 'text'],
        ['to', 'Second value', 'text'],
        ['low', 'Net benefit at the first', 'money'],
        ['high', 'Net benefit at the second', 'money'],
      ],
      swings.map(({ label, low_label, high_label, low, high }) => ({
        label,
        from: low_label,
        to: high_label,
        low,
        high,
      })),
      [say`What few people used is not shown singly.`],
    ),
  }
}

function swingsTitle(base: Released, swings: readonly ReleasedSwing[]) {
  const turns = swings.filter(({ low, high }) => [low, high].some((end) => (end.value ?? 0) * (base.value ?? 0) < 0))
  const [first] = turns
  if (first === undefined) return say`No one thing changed alone turns the net benefit of ${base} a person`
  return say`The net benefit of ${base} a person could turn: ${first.label}, if ${first.low_label} and not ${first.high_label}`
}
