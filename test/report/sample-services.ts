import type { ServiceAnalysis } from '../../reports/analysis.ts'
import { comparedScales } from '../../reports/parts/comparability.ts'
import { overTimeSections } from '../../reports/parts/over-time-section.ts'
import { releaseComparison, releaseFunnel } from '../../reports/parts/release-comparison.ts'
import { releaseOutcome } from '../../reports/parts/release-outcome.ts'
import { caterpillar, comparisonForest, funnelFigure } from '../../reports/parts/services-figures.ts'
import { scatterPoints } from '../../src/change/change-categories.ts'
import { summariseChange } from '../../src/change/summarise-change.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { scaleOf } from '../../src/measures/registry.ts'
import type { Figure } from '../../src/report/document.ts'
import { caseMixOf, syntheticAnalysis } from './synthetic-analysis.ts'

/** Services that differ in size, in how complete they are and in how far people improve; about nobody. */
const SERVICES = [
  { name: 'Zeal', n_eligible: 260, n_paired: 190, gain: 5 },
  { name: 'Alder', n_eligible: 120, n_paired: 88, gain: 9 },
  { name: 'Moor', n_eligible: 300, n_paired: 180, gain: 3 },
  { name: 'Few', n_eligible: 60, n_paired: 14, gain: 6 },
  { name: 'Thin', n_eligible: 400, n_paired: 120, gain: 6 },
] as const

export function sampleServices(): ServiceAnalysis[] {
  const [made] = syntheticAnalysis().services as [ServiceAnalysis]
  return SERVICES.map(({ name, n_eligible, n_paired, gain }) => ({
    ...made,
    service: { code: name.toLowerCase(), name, area: '' },
    quality: { ...made.quality, measures: made.quality.measures.map((it) => ({ ...it, codings: [] })) },
    outcomes: [outcome(made, n_eligible, n_paired, gain)],
  }))
}

function outcome(made: ServiceAnalysis, n_eligible: number, n_paired: number, gain: number) {
  const scale = scaleOf('reqol-10', 'total')
  const [like] = made.outcomes
  if (scale === null || like === undefined) throw new Error('ReQoL-10 has gone')
  const pairs = Array.from({ length: n_paired }, (_, at) => {
    const pre_score = 8 + ((at * 7) % 13)
    return { pre_score, post_score: Math.min(40, pre_score + gain - 6 + ((at * 5) % 13)) }
  })
  const funnel = { n_eligible, n_baseline: n_eligible - 10, n_paired }
  return {
    ...like,
    measure_id: 'reqol-10',
    measure_name: 'ReQoL-10',
    scale_id: 'total',
    summary: summariseChange({ measure_id: 'reqol-10', scale, funnel, pairs }),
    scatter: scatterPoints(pairs, scale),
    case_mix: caseMixOf(n_paired),
  }
}

/** The charts of services side by side and over time. */
export function serviceFigures(gate: Gate): Figure[] {
  const services = sampleServices()
  const [scale] = comparedScales(gate, services)
  const [service] = services
  if (scale === undefined || service === undefined) throw new Error('nothing to compare')
  const comparison = releaseComparison(gate, scale, ['age_band', 'gender'])
  const funnel = releaseFunnel(scale)
  if (comparison === null || funnel === null) throw new Error('nothing to compare')
  const over_time = withOneUnusualMonth(service)
  const [main] = service.outcomes.map((it) => releaseOutcome(gate, it))
  return [
    comparisonForest(gate, scale, comparison),
    caterpillar(gate, scale, comparison),
    funnelFigure(gate, scale, funnel),
    ...overTimeSections(gate, syntheticAnalysis().facts, { ...service, over_time }, main).flatMap((it) => it.figures),
  ]
}

function withOneUnusualMonth({ over_time }: ServiceAnalysis): ServiceAnalysis['over_time'] {
  return {
    ...over_time,
    starts: over_time.starts.map((it, at) => ({ month: it.month, n: at === 20 ? 60 : it.n + 15 })),
    improvements: over_time.improvements.map((it, at) => (at === 14 ? { ...it, sum_improvement: it.n * 24 } : it)),
  }
}
