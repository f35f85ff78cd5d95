import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import { type CaseMixCovariate, caseMixChange, LEAST_RECORDED } from '../../src/stats/case-mix.ts'
import { funnel } from '../../src/stats/funnel.ts'
import type { Funnel } from '../../src/stats/funnel-types.ts'
import { type RandomEffects, randomEffects } from '../../src/stats/random-effects.ts'
import type { ServiceName } from '../analysis.ts'
import type { CaseMixFact } from './case-mix-words.ts'
import type { ComparedScale } from './comparability.ts'

/** One service’s change as seen, as adjusted, and drawn towards all services together. */
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

/** A fact that services were to be adjusted for. */
export interface ReleasedCovariate {
  readonly fact: CaseMixFact
  readonly recorded: Released
  readonly percent: Released
  /** Why it is left out; null where it is adjusted for. */
  readonly refusal: ReleasedText | null
}

export interface ReleasedComparison {
  readonly rows: readonly ReleasedAdjusted[]
  /** In the order they were asked for. */
  readonly case_mix: readonly ReleasedCovariate[]
  /** People with two scores of whom everything adjusted for is recorded. */
  readonly complete: Released
  readonly mean: Released
  readonly mean_low: Released
  readonly mean_high: Released
  readonly new_low: Released
  readonly new_high: Released
  readonly tau: Released
  readonly i2_percent: Released
}

/** Change adjusted for first scores and case mix, service by service, and their random-effects summary; null where nothing can be adjusted. */
export function releaseComparison(
  gate: Gate,
  scale: ComparedScale,
  adjustFor: readonly CaseMixFact[],
): ReleasedComparison | null {
  const { adjusted, covariates, n, n_complete } = caseMixChange(
    scale.compared.flatMap(({ service, outcome }) =>
      outcome.scatter.map((pair, at) => ({
        unit: service.service.code,
        improvement: pair.improvement,
        pre_score: pair.pre_score,
        facts: outcome.case_mix[at] ?? {},
      })),
    ),
    adjustFor,
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
    case_mix: covariates.map((it) => releaseCovariate(gate, it, n)),
    complete: gate.partition({ complete: n_complete, incomplete: n - n_complete }).cells.complete,
    ...releaseSummary(gate, summary, Math.min(...units.map((it) => it?.n ?? 0))),
  }
}

function releaseCovariate(
  gate: Gate,
  { covariate, n_recorded, reason }: CaseMixCovariate,
  n: number,
): ReleasedCovariate {
  const { cells, total } = gate.partition({ recorded: n_recorded, not_recorded: n - n_recorded })
  return {
    fact: covariate as CaseMixFact,
    recorded: cells.recorded,
    percent: gate.percentage(cells.recorded, total),
    refusal: reason === null ? null : refusalWords(gate, reason),
  }
}

function refusalWords(gate: Gate, reason: NonNullable<CaseMixCovariate['reason']>): ReleasedText {
  switch (reason) {
    case 'not_recorded':
      return say`recorded for fewer than ${gate.fact(100 * LEAST_RECORDED, { unit: 'percent' })} in some service`
    case 'all_alike':
      return say`hardly anybody differs`
    case 'too_few_people':
      return say`too few people: ten are needed for each service and each level of what is adjusted for`
    case 'fewer_than_2_units':
      return say`fewer than two services`
    case 'not_estimable':
      return say`cannot be told apart from the services themselves`
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
