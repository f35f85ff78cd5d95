import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { OutcomeAnalysis, ServiceAnalysis } from '../analysis.ts'
import { headlineOutcomes } from './headline-scales.ts'
import { scaleName } from './outcome-figures.ts'
import { type ReleasedOutcome, releaseOutcome } from './release-outcome.ts'

/** A service on one scale, and why it is not compared on it; null where it is. */
export interface ComparedService {
  readonly service: ServiceAnalysis
  readonly outcome: OutcomeAnalysis
  readonly released: ReleasedOutcome
  /** Two scores, of eligible. */
  readonly complete: Released
  readonly refusal: ReleasedText | null
}

/** One scale that at least two services use. Services in alphabetical order. */
export interface ComparedScale {
  readonly measure_id: string
  readonly scale_id: string
  readonly services: readonly ComparedService[]
  readonly compared: readonly ComparedService[]
  /** Services that do not use the scale at all, and what they use. */
  readonly others: readonly { readonly service: ServiceAnalysis; readonly refusal: ReleasedText }[]
}

/** Our own rules. Below half, most people are not in the mean; those who are may be another kind of people. */
const LEAST_COMPLETE = 50
const FARTHEST_APART = 25
const FEWEST_PAIRS = 20

/** Every scale that two services or more use, those most can be compared on first. Judged by what is shown. */
export function comparedScales(gate: Gate, services: readonly ServiceAnalysis[]): readonly ComparedScale[] {
  const present = alphabetical(services.filter((it) => it.n_people > 0))
  const keys = new Map(
    present.flatMap((service) => headlineOutcomes(service.outcomes).map((it) => [keyOf(it), it] as const)),
  )
  return [...keys.values()]
    .map((it) => comparedScale(gate, it, present))
    .filter((it) => it.services.length >= 2)
    .toSorted((a, b) => b.compared.length - a.compared.length || (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** By name, so that no order of services says anything about them. */
export function alphabetical(services: readonly ServiceAnalysis[]): readonly ServiceAnalysis[] {
  return services.toSorted((a, b) => (a.service.name < b.service.name ? -1 : 1))
}

function comparedScale(gate: Gate, scale: OutcomeAnalysis, present: readonly ServiceAnalysis[]): ComparedScale {
  const judged = present.flatMap((service) => {
    const outcome = service.outcomes.find((it) => keyOf(it) === keyOf(scale))
    return outcome === undefined ? [] : [judge(gate, service, outcome)]
  })
  const services = refuseTheFarApart(gate, judged)
  const compared = services.filter((it) => it.refusal === null)
  return {
    measure_id: scale.measure_id,
    scale_id: scale.scale_id,
    services: compared.length === 1 ? services.map((it) => ({ ...it, refusal: it.refusal ?? ALONE })) : services,
    compared: compared.length === 1 ? [] : compared,
    others: present
      .filter((service) => !judged.some((it) => it.service === service))
      .map((service) => ({ service, refusal: otherMeasures(gate, service) })),
  }
}

const ALONE = say`no other service is left to compare it with`

function judge(gate: Gate, service: ServiceAnalysis, outcome: OutcomeAnalysis): ComparedService {
  const released = releaseOutcome(gate, outcome)
  const complete = gate.percentage(released.paired, released.eligible)
  return { service, outcome, released, complete, refusal: refusalOf(gate, service, outcome, released, complete) }
}

function refusalOf(
  gate: Gate,
  service: ServiceAnalysis,
  outcome: OutcomeAnalysis,
  { paired }: ReleasedOutcome,
  complete: Released,
): ReleasedText | null {
  if (isCodingDoubted(service, outcome)) {
    return say`a team’s forms seem to be coded another way: the coding has to be settled first`
  }
  if ((paired.value ?? 0) < FEWEST_PAIRS) return say`too few: fewer than ${gate.fact(FEWEST_PAIRS)} have two scores`
  if (!complete.is_shown) return say`too few people for a share with two scores`
  if ((complete.value ?? 0) < LEAST_COMPLETE) {
    return say`completeness is too low: fewer than half have two scores`
  }
  return null
}

function isCodingDoubted({ quality }: ServiceAnalysis, { measure_id }: OutcomeAnalysis): boolean {
  return quality.measures.some(
    (it) =>
      it.measure_id === measure_id &&
      it.codings.some(({ verdict }) => verdict === 'never_highest' || verdict === 'never_lowest'),
  )
}

/** Where shares differ too much, those with scores are chosen differently: the less complete are refused. */
function refuseTheFarApart(gate: Gate, services: readonly ComparedService[]): readonly ComparedService[] {
  const most = Math.max(0, ...services.flatMap((it) => (it.refusal === null ? [it.complete.value ?? 0] : [])))
  return services.map((it) =>
    it.refusal === null && most - (it.complete.value ?? 0) > FARTHEST_APART
      ? {
          ...it,
          refusal: say`completeness is too different: more than ${gate.fact(FARTHEST_APART)} points below the most complete`,
        }
      : it,
  )
}

function otherMeasures(gate: Gate, { outcomes }: ServiceAnalysis): ReleasedText {
  const names = [...new Set(headlineOutcomes(outcomes).map((it) => it.measure_name))].toSorted()
  if (names.length === 0) return say`different measure: no score of any is there`
  return say`different measure: uses ${gate.label(names.join(', '))}`
}

function keyOf({ measure_id, scale_id }: { measure_id: string; scale_id: string }): string {
  return `${measure_id} ${scale_id}`
}

/** As the other pages name it. */
export function nameOfScale(gate: Gate, { services: [first] }: ComparedScale): ReleasedText {
  return first === undefined ? say`` : scaleName(gate, first.released)
}
