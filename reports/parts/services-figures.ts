import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedRow, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import { exactLimits, transformation, transformedLimits } from '../../src/stats/funnel-limits.ts'
import type { Funnel, FunnelLimits, FunnelRow } from '../../src/stats/funnel-types.ts'
import { CASE_MIX_WORDS } from './case-mix-words.ts'
import { type ComparedScale, nameOfScale } from './comparability.ts'
import type { ReleasedComparison } from './release-comparison.ts'
import { interval, intervalCell, join, serviceWords, table } from './text.ts'

/** Adjusted change by service, all services together, and where a new one would be expected. */
export function comparisonForest(gate: Gate, scale: ComparedScale, it: ReleasedComparison): Figure {
  const name = nameOfScale(gate, scale)
  const line = (label: ReleasedText, kind: string, mean: Released, low: Released, high: Released): ReleasedRow => ({
    label,
    kind: gate.label(kind),
    mean,
    low,
    high,
    note: mean.is_shown ? say`${mean} (${interval(low, high)})` : say`${interval(low, high)}`,
  })
  const rows = [
    ...it.rows.map((row) => line(gate.label(serviceWords(row.service)), 'service', row.adjusted, row.low, row.high)),
    line(say`All together`, 'all', it.mean, it.mean_low, it.mean_high),
    ...(it.new_low.is_shown
      ? [line(say`A new service, expected`, 'new', gate.absent(say`none`), it.new_low, it.new_high)]
      : []),
  ]
  return {
    id: 'services-forest',
    title: forestTitle(gate, name, it),
    summary: say`Mean improvement in ${name}, in points, ${alikeWords(it)}. Services in alphabetical order; bars are 95% intervals, the diamond is all services together${it.new_low.is_shown ? say`, the dashed bar is where a new service of this kind would be expected` : say``}. ${overlapWords(it)}`,
    chart: 'service_forest',
    rows,
    params: {
      x_title: say`Adjusted improvement, points`,
      x_domain: axisEnds(
        gate,
        rows.flatMap((row) => [row.mean, row.low, row.high] as Released[]),
      ),
    },
    table: comparisonTable(gate, scale, it),
  }
}

/** `had each service’s people started from the same first scores and been alike in age and gender`. */
export function alikeWords(it: ReleasedComparison): ReleasedText {
  const facts = adjustedFacts(it)
  return say`had each service’s people started from the same first scores${facts === null ? say`` : say` and been alike in ${facts}`}`
}

/** `age and gender`; null where nothing but first scores is adjusted for. */
export function adjustedFacts({ case_mix }: ReleasedComparison): ReleasedText | null {
  const words = case_mix.flatMap((it) => (it.refusal === null ? [say`${CASE_MIX_WORDS[it.fact]}`] : []))
  const [last] = words.slice(-1)
  if (last === undefined) return null
  return words.length === 1 ? last : say`${join(words.slice(0, -1))} and ${last}`
}

/** What the comparison was to be adjusted for, for how many it is recorded, and what became of it; null where nothing was asked for. */
export function caseMixTable(gate: Gate, { case_mix, complete }: ReleasedComparison): ReleasedTable | null {
  if (case_mix.length === 0) return null
  return table(
    gate,
    'services-case-mix',
    'What the comparison is adjusted for, besides first scores',
    [
      ['fact', 'What people brought with them', 'text'],
      ['recorded', 'Recorded, of people with two scores', 'count'],
      ['percent', 'Recorded', 'percent'],
      ['used', 'Adjusted for?', 'text'],
    ],
    case_mix.map(({ fact, recorded, percent, refusal }) => ({
      fact: gate.label(startOfSentence(CASE_MIX_WORDS[fact])),
      recorded,
      percent,
      used: refusal === null ? say`yes` : say`no: ${refusal}`,
    })),
    case_mix.every((it) => it.refusal !== null)
      ? [say`Adjusted for first scores alone, and so of everyone with two scores.`]
      : [
          say`Adjusted change is of the people of whom everything adjusted for is recorded: ${complete}. One whose record is missing is left out of it, never counted as alike.`,
        ],
  )
}

function startOfSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function forestTitle(gate: Gate, name: ReleasedText, it: ReleasedComparison): ReleasedText {
  const n = gate.fact(it.rows.length)
  return it.new_low.is_shown
    ? say`${name}: ${it.mean} points of improvement over ${n} services; a new one would be expected between ${it.new_low} and ${it.new_high}`
    : say`${name}: ${it.mean} points of improvement over ${n} services`
}

function overlapWords({ tau, i2_percent }: ReleasedComparison): ReleasedText {
  if (tau.value === 0) return say`The services differ no more than chance would have them.`
  return say`Beyond chance they differ with a standard deviation of ${tau} points (${i2_percent} of the spread seen).`
}

/** Change as seen, adjusted and shrunken. */
export function comparisonTable(gate: Gate, scale: ComparedScale, it: ReleasedComparison): ReleasedTable {
  return table(
    gate,
    `services-change-${scale.measure_id}-${scale.scale_id}`.replaceAll('_', '-'),
    `Change by service, ${nameOfScale(gate, scale).text}`,
    [
      ['service', 'Service', 'text'],
      ['n', 'Two scores', 'count'],
      ['raw', 'Mean improvement as seen, points', 'number'],
      ['adjusted', 'Adjusted, points', 'number'],
      ['range', '95% interval', 'text'],
      ['shrunken', 'Shrunken', 'number'],
      ['shrunken_range', '95% interval', 'text'],
    ],
    it.rows.map((row) => ({
      service: gate.label(serviceWords(row.service)),
      n: row.n,
      raw: row.raw,
      adjusted: row.adjusted,
      range: intervalCell(row.low, row.high),
      shrunken: row.shrunken,
      shrunken_range: intervalCell(row.shrunken_low, row.shrunken_high),
    })),
    [
      say`All together (random effects, REML with Hartung–Knapp): ${it.mean} points, 95% interval ${interval(it.mean_low, it.mean_high)}. ${newWords(it)}`,
      say`Spread between services beyond chance (τ): ${it.tau} points; I²: ${it.i2_percent}. Shrunken: drawn towards all services together, the more so the less a service’s own people say.`,
    ],
  )
}

function newWords({ new_low, new_high }: ReleasedComparison): ReleasedText {
  return new_low.is_shown
    ? say`A new service of this kind would be expected between ${new_low} and ${new_high}.`
    : say`Two services are too few to say where a new one would be expected.`
}

/** Own against shrunken, in alphabetical order: drawn in order of value it would be a league table. */
export function caterpillar(gate: Gate, scale: ComparedScale, it: ReleasedComparison): Figure {
  const name = nameOfScale(gate, scale)
  const lines = it.rows.map((row) => ({ ...row, label: gate.label(serviceWords(row.service)) }))
  const none = gate.absent(say`none`)
  const rows = lines.flatMap(({ label, adjusted, shrunken, shrunken_low, shrunken_high }) => [
    { label, which: say`Own people alone`, value: adjusted, low: none, high: none, all: it.mean },
    { label, which: say`Shrunken`, value: shrunken, low: shrunken_low, high: shrunken_high, all: it.mean },
  ])
  return {
    id: 'services-shrunken',
    title: shrunkenTitle(name, it),
    summary: say`Each service’s adjusted mean improvement (open circle), and the same drawn towards all services together (filled diamond, with its 95% interval): small services move most, because chance moves them most. The line is all services together, ${it.mean} points.`,
    chart: 'service_caterpillar',
    rows,
    params: {
      x_title: say`Adjusted improvement, points`,
      x_domain: axisEnds(
        gate,
        rows.flatMap((row) => [row.value, row.low, row.high]),
      ),
    },
    table: table(
      gate,
      'services-shrunken',
      'Own and shrunken estimates',
      [
        ['label', 'Service', 'text'],
        ['adjusted', 'Adjusted, points', 'number'],
        ['shrunken', 'Shrunken, points', 'number'],
        ['range', '95% interval', 'text'],
      ],
      lines.map((row) => ({
        label: row.label,
        adjusted: row.adjusted,
        shrunken: row.shrunken,
        range: intervalCell(row.shrunken_low, row.shrunken_high),
      })),
    ),
  }
}

function shrunkenTitle(name: ReleasedText, { rows }: ReleasedComparison): ReleasedText {
  const shown = rows.map((row) => row.shrunken).filter((it) => it.is_shown)
  const [lowest, highest] = [shown.reduce(lower, shown[0]), shown.reduce(higher, shown[0])]
  if (lowest === undefined || highest === undefined) return say`${name}: own and shrunken estimates`
  if (lowest.value === highest.value)
    return say`${name}: once chance is allowed for, all services are at ${lowest} points`
  return say`${name}: once chance is allowed for, services lie between ${lowest} and ${highest} points`
}

function lower(a: Released | undefined, b: Released): Released {
  return (a?.value ?? Number.POSITIVE_INFINITY) < (b.value ?? 0) ? (a as Released) : b
}

function higher(a: Released | undefined, b: Released): Released {
  return (a?.value ?? Number.NEGATIVE_INFINITY) > (b.value ?? 0) ? (a as Released) : b
}

const POSITIONS = {
  within: 'Within limits',
  above: 'Above a limit',
  below: 'Below a limit',
} as const

/** The share reliably improved against what chance, and the spread between services, allows. */
export function funnelFigure(gate: Gate, scale: ComparedScale, funnel: Funnel): Figure {
  const name = nameOfScale(gate, scale)
  const inputs = scale.compared.flatMap(({ released }) => [released.improved.count, released.paired])
  const percent = (value: number | null) =>
    gate.derive(inputs, () => (value === null ? null : 100 * value), { decimals: 1, unit: 'percent' })
  const plain = (value: number | null) =>
    gate.derive(inputs, () => value, { decimals: 2, reason: say`needs 3 services` })
  const target = percent(funnel.target)
  const largest = Math.max(1, ...scale.compared.map(({ released }) => released.paired.value ?? 0))
  const services = scale.compared.map(({ service, released }, at) => {
    const row = funnel.rows[at] as FunnelRow
    const limits = row.limits_overdispersed ?? row.limits
    return {
      kind: gate.label('service'),
      label: sideOf(row) === 'within' ? gate.label('') : gate.label(service.service.name),
      label_side: gate.label((released.paired.value ?? 0) > largest / 2 ? 'left' : 'right'),
      service: gate.label(serviceWords(service.service)),
      people: released.paired,
      value: percent(row.value),
      ...limitCells(percent, limits),
      position: gate.label(POSITIONS[sideOf(row)]),
      why: positionWords(row),
    }
  })
  const curve = curvePoints(funnel, largest * 1.08).map(({ people, limits }) => ({
    kind: gate.label('curve'),
    label: gate.label(''),
    label_side: gate.label('right'),
    people: gate.fact(people),
    value: gate.absent(say`none`),
    ...limitCells(percent, limits),
    position: gate.label(POSITIONS.within),
  }))
  const outside = services.filter((_, at) => sideOf(funnel.rows[at] as FunnelRow) !== 'within')
  return {
    id: 'services-funnel',
    title: funnelTitle(
      gate,
      name,
      services.length,
      outside.map((row) => row.label),
    ),
    summary: say`The share of people with two ${name} scores who reliably improved, by how many they are. Lines are limits of 95% (dotted) and 99.8% (solid) around all services together, ${target}: inside them a service differs no more than ${funnel.overdispersion.is_applied ? say`chance and the usual spread between services` : say`chance alone`} would have it. Not adjusted for whom the services see.`,
    chart: 'funnel',
    rows: [...curve, ...services],
    params: {
      x_title: say`People with two scores`,
      y_title: say`Reliably improved (%)`,
      x_domain: [gate.fact(0), gate.fact(Math.ceil((largest * 1.08) / 10) * 10)],
      y_domain: [gate.fact(0), gate.fact(100)],
      target,
      positions: Object.values(POSITIONS).map((it) => gate.label(it)),
      label_95: say`95%`,
      label_998: say`99.8%`,
    },
    table: table(
      gate,
      'services-funnel',
      'Reliably improved, against limits',
      [
        ['service', 'Service', 'text'],
        ['people', 'Two scores', 'count'],
        ['value', 'Reliably improved', 'percent'],
        ['lower_95', '95% from', 'percent'],
        ['upper_95', 'to', 'percent'],
        ['lower_998', '99.8% from', 'percent'],
        ['upper_998', 'to', 'percent'],
        ['why', 'Against the limits', 'text'],
      ],
      services,
      [
        say`Overdispersion: φ ${plain(funnel.overdispersion.phi)}, τ² ${gate.derive(inputs, () => funnel.overdispersion.tau2, { decimals: 4, reason: say`needs 3 services` })} on the arcsine scale. ${funnel.overdispersion.is_applied ? say`The limits allow for it.` : say`None is allowed for: the limits are those of chance alone.`}`,
        say`Worked out from the counts as shown.`,
      ],
    ),
  }
}

function limitCells(percent: (value: number | null) => Released, limits: FunnelLimits | null) {
  return {
    lower_95: percent(limits?.lower_95 ?? null),
    upper_95: percent(limits?.upper_95 ?? null),
    lower_998: percent(limits?.lower_998 ?? null),
    upper_998: percent(limits?.upper_998 ?? null),
  }
}

/** Points along the limits, close together where the curves bend. */
function curvePoints({ type, target, overdispersion }: Funnel, largest: number) {
  if (target === null) return []
  const steps = 60
  const sizes = Array.from({ length: steps }, (_, at) => Math.round(5 + (largest - 5) * ((at + 1) / steps) ** 2))
  return [...new Set(sizes)].map((people) => {
    const spread = Math.sqrt(transformation(type).sd(people, target, 0) ** 2 + (overdispersion.tau2 ?? 0))
    const limits = overdispersion.is_applied
      ? transformedLimits(type, target, spread)
      : exactLimits(type, target, people)
    return { people, limits }
  })
}

function sideOf({ position }: FunnelRow): keyof typeof POSITIONS {
  if (position === null || position === 'within') return 'within'
  return position.startsWith('above') ? 'above' : 'below'
}

function positionWords({ position }: FunnelRow): ReleasedText {
  switch (position) {
    case 'above_95':
      return say`above the 95% limit, as one in 40 would be by chance`
    case 'below_95':
      return say`below the 95% limit, as one in 40 would be by chance`
    case 'above_998':
      return say`above the 99.8% limit: ask what is different there`
    case 'below_998':
      return say`below the 99.8% limit: ask what is different there`
    default:
      return say`within limits`
  }
}

function funnelTitle(gate: Gate, name: ReleasedText, n: number, outside: readonly ReleasedText[]): ReleasedText {
  if (outside.length === 0) {
    return say`${name}: the share reliably improved is within the limits in all ${gate.fact(n)} services`
  }
  return say`${name}: the share reliably improved is outside the limits at ${join(outside)}, and within them elsewhere`
}
