import { createRandom } from '../stats/random.ts'
import { analyseCea, type CeaAnalysis } from './cea/analyse-cea.ts'
import { bootstrapPeople, type StrategyPeople } from './cea/bootstrap-people.ts'
import { differences, type MeanSpread, spreadOf } from './cea/compare-pair.ts'
import type { BootstrapChoice } from './cost-difference.ts'
import { personQaly, type QalyRule } from './qaly.ts'
import {
  meanChange,
  meanOf,
  type PeopleToValue,
  peopleSeenWhole,
  type ValuedPerson,
  valuedPeople,
} from './value-people.ts'
import { type ValueScenario, valueScenarios } from './value-scenarios.ts'
import { type ItemCosts, type ValueSwing, valueSwings } from './value-swings.ts'

export interface ValueInput extends PeopleToValue {
  /** Whose utilities these are, by which value set. Printed beside every QALY. */
  readonly utility_source: string
  readonly items: readonly ItemCosts[]
  /** Null where it was not supplied: then nothing is said of value. */
  readonly programme_per_person_pence: number | null
  readonly rule: QalyRule
  /** Pounds for a QALY; the first leads. */
  readonly thresholds: readonly number[]
  readonly bootstrap: BootstrapChoice
}

export type ValueReason = 'no_utilities' | 'no_programme_cost' | 'fewer_than_20_people'

/** How far people got: each is a part of the one before it. */
export interface ValueFlow {
  readonly n_with_time: number
  /** Seen for the whole window on both sides, or to a death in the later one. */
  readonly n_whole: number
  readonly n_baseline: number
  /** Also with a later utility or a death: the people counted. */
  readonly n_counted: number
}

export interface ValueForMoney {
  readonly utility_source: string
  readonly flow: ValueFlow
  readonly rule: QalyRule
  readonly thresholds: readonly number[]
  readonly mean_baseline: number | null
  /** Null beside a reason. */
  readonly cea: CeaAnalysis | null
  readonly reason: ValueReason | null
  /** Draws of the two mean differences, for the picture of doubt: spread and correlation. */
  readonly spread: MeanSpread | null
  readonly scenarios: readonly ValueScenario[]
  /** Widest first. */
  readonly swings: readonly ValueSwing[]
  /** The programme's cost at which nothing is gained or lost at the leading threshold, in pounds a person. */
  readonly programme_cost_at_no_benefit: number | null
}

const FEWEST_PEOPLE = 20
const WITHOUT = 'joining changed nothing'
const WITH = 'as it was after joining'

/**
 * Is what was gained worth what it cost? The same people before and after: cost of the year after, with the service's own cost, against
 * the year before; QALYs of the year after against a utility that stayed as it was at joining. Whole people are resampled. What would
 * have happened in any case is in both differences.
 */
export function valueForMoney(input: ValueInput): ValueForMoney {
  const counted = valuedPeople(input, input.rule)
  const flow = flowOf(input, counted)
  const nothing = { cea: null, spread: null, scenarios: [], swings: [], programme_cost_at_no_benefit: null }
  const base = {
    utility_source: input.utility_source,
    flow,
    rule: input.rule,
    thresholds: input.thresholds,
    mean_baseline: meanOf(counted.map((it) => it.baseline)),
  }
  const reason = reasonOf(input, counted)
  if (reason !== null || input.programme_per_person_pence === null) return { ...base, ...nothing, reason }
  const programme = input.programme_per_person_pence
  const draws = bootstrapPeople(strategies(counted, programme), {
    replicates: input.bootstrap.replicates,
    random: createRandom(input.bootstrap.seed),
  })
  const means = meanChange(counted, programme)
  const lead = input.thresholds[0] as number
  return {
    ...base,
    reason: null,
    cea: analyseCea(draws, wtpGrid(input.thresholds)),
    spread: spreadOf(differences(draws.costs, 1), differences(draws.effects, 1)),
    scenarios: valueScenarios(input, counted, programme),
    swings: valueSwings(input, counted, programme),
    programme_cost_at_no_benefit: lead * means.qaly - means.cost + programme / 100,
  }
}

function flowOf(input: ValueInput, counted: readonly ValuedPerson[]): ValueFlow {
  const whole = new Set(peopleSeenWhole(input).map((it) => it.person_key))
  const baseline = input.utilities.filter(
    (it) => whole.has(it.person_key) && personQaly(it.points, it.death_day, input.rule).status !== 'no_baseline',
  )
  return {
    n_with_time: input.costs.length,
    n_whole: whole.size,
    n_baseline: baseline.length,
    n_counted: counted.length,
  }
}

function reasonOf(
  { utilities, programme_per_person_pence }: ValueInput,
  counted: readonly ValuedPerson[],
): ValueReason | null {
  if (utilities.every((it) => it.points.length === 0)) return 'no_utilities'
  if (programme_per_person_pence === null) return 'no_programme_cost'
  return counted.length < FEWEST_PEOPLE ? 'fewer_than_20_people' : null
}

function strategies(people: readonly ValuedPerson[], programme: number): StrategyPeople {
  return {
    design: 'paired',
    names: [WITHOUT, WITH],
    costs: [people.map((it) => it.before), people.map((it) => it.after + programme / 100)],
    effects: [people.map((it) => it.flat_qaly), people.map((it) => it.qaly)],
  }
}

/** Every £2,500 from nothing to £50,000, for the curve, and the thresholds. */
function wtpGrid(thresholds: readonly number[]): number[] {
  const grid = Array.from({ length: 21 }, (_, step) => 2500 * step)
  return [...new Set([...grid, ...thresholds])].toSorted((a, b) => a - b)
}
