import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import { adjustedChange } from '../../src/stats/analysis-of-covariance.ts'
import { funnel } from '../../src/stats/funnel.ts'
import type { Funnel } from '../../src/stats/funnel-types.ts'
import { type RandomEffects, randomEffects } from '../../src/stats/random-effects.ts'
import type { ServiceName } from '../analysis.ts'
import type { ComparedScale } from './comparability.ts'

/** One service’s change as seen, as adjusted for first scores, and drawn towards all services together. */
export interface ReleasedAdjusted {
  readonly service: ServiceName
  readonly n: Released
  readonly raw: Released
  readonly adjusted: Released
  readonly low: Released
  readonly high: Released
  readonly shrunken: Released
  readonly shrunken_low: Released
  readonly shrunken_high: Released
}

export interface ReleasedComparison {
  readonly rows: readonly ReleasedAdjusted[]
  readonly mean: Released
  readonly mean_low: Released
  readonly mean_high: Released
  readonly new_low: Released
  readonly new_high: Released
  readonly tau: Released
  readonly i2_percent: Released
}

/** Change adjusted for first scores, service by service, and their random-effects summary; null where nothing can be adjusted. */
export function releaseComparison(gate: Gate, scale: ComparedScale): ReleasedComparison | null {
  const adjusted = adjustedChange(
    scale.compared.flatMap(({ service, outcome }) =>
      outcome.scatter.map((pair) => ({
        unit: service.service.code,
        improvement: pair.improvement,
        covariates: [pair.pre_score],
      })),
    ),
  )
  const units = scale.compared.map(({ service }) => adjusted.find((it) => it.unit === service.service.code))
  const estimates = units.flatMap((it) =>
    it === undefined || it.adjusted === null || it.se === null || it.se === 0
      ? []
      : [{ estimate: it.adjusted, se: it.se }],
  )
  if (estimates.length < scale.compared.length || estimates.length < 2) return null
  const summary = randomEffects(estimates)
  return {
    rows: scale.compared.map(({ service, released }, at) => {
      const unit = units[at] as (typeof adjusted)[number]
      const shrunken = summary.shrunken[at]
      const points = (value: number | null | undefined) =>
        gate.statistic(value ?? null, { n: unit.n, decimals: 1, reason: say`not estimable` })
      return {
        service: service.service,
        n: released.paired,
        raw: released.improvement,
        adjusted: points(unit.adjusted),
        low: points(unit.ci95?.[0]),
        high: points(unit.ci95?.[1]),
        shrunken: points(shrunken?.estimate),
        shrunken_low: points(shrunken?.ci95[0]),
        shrunken_high: points(shrunken?.ci95[1]),
      }
    }),
    ...releaseSummary(gate, summary, Math.min(...units.map((it) => it?.n ?? 0))),
  }
}

function releaseSummary(gate: Gate, summary: RandomEffects, n: number) {
  const points = (value: number | null | undefined) =>
    gate.statistic(value ?? null, { n, decimals: 1, reason: say`needs 3 services` })
  return {
    mean: points(summary.mean),
    mean_low: points(summary.ci95?.[0]),
    mean_high: points(summary.ci95?.[1]),
    new_low: points(summary.prediction95?.[0]),
    new_high: points(summary.prediction95?.[1]),
    tau: points(summary.tau2 === null ? null : Math.sqrt(summary.tau2)),
    i2_percent: gate.statistic(summary.i2 === null ? null : 100 * summary.i2, { n, decimals: 0, unit: 'percent' }),
  }
}

/** The share reliably improved as a funnel, of released counts; null where a service’s are withheld or there is no threshold. */
export function releaseFunnel(scale: ComparedScale): Funnel | null {
  const units = scale.compared.flatMap(({ service, released }) => {
    const { improved, paired } = released
    if (improved.count.value === null || paired.value === null) return []
    return [
      {
        unit: service.service.code,
        numerator: Math.min(improved.count.value, paired.value),
        denominator: paired.value,
      },
    ]
  })
  return units.length < scale.compared.length || units.length < 2 ? null : funnel(units, { type: 'proportion' })
}
