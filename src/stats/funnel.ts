import { assertFinite, sum } from './describe.ts'
import { exactLimits, exactTail, transformation, transformedLimits } from './funnel-limits.ts'
import type { Funnel, FunnelLimits, FunnelRow, FunnelType, FunnelUnit, Overdispersion } from './funnel-types.ts'
import { overdispersion } from './overdispersion.ts'

export interface FunnelOptions {
  readonly type: FunnelType
  /** What units are held against; left out: all of them together, and 1 for observed over expected. */
  readonly target?: number | null
}

/**
 * Funnel of units against one target, in the order given: it compares each with what chance allows, never with one another. With 3
 * units or more, spread beyond chance widens the limits (additive, back-transformed to the scale of the values); phi and tau squared
 * are always given.
 */
export function funnel(units: readonly FunnelUnit[], { type, target: given = null }: FunnelOptions): Funnel {
  assertUnits(units, type)
  const counted = units.filter((it) => it.denominator > 0)
  const target = given ?? (type === 'ratio' && counted.length > 0 ? 1 : pooled(counted))
  const head = { type, transformation: transformation(type).name }
  if (target === null) {
    const rows = units.map((unit) => absentRow(unit, 'no_denominator'))
    return { ...head, target, target_source: null, overdispersion: overdispersion([], []), rows, reason: 'no_units' }
  }
  const sd = pooledSd(counted)
  const usable = counted.filter((it) => spread(type, it, target, sd) > 0)
  const excess = overdispersion(
    usable.map((it) => distance(type, it, target, sd)),
    usable.map((it) => spread(type, it, target, sd)),
  )
  return {
    ...head,
    target,
    target_source: given !== null ? 'given' : type === 'ratio' ? 'as_expected' : 'all_units',
    overdispersion: excess,
    rows: units.map((unit) => rowOf(unit, { type, target, sd, excess })),
    reason: null,
  }
}

interface Frame {
  readonly type: FunnelType
  readonly target: number
  readonly sd: number
  readonly excess: Overdispersion
}

function rowOf(unit: FunnelUnit, { type, target, sd, excess }: Frame): FunnelRow {
  if (unit.denominator === 0) return absentRow(unit, 'no_denominator')
  const own = spread(type, unit, target, sd)
  const value = unit.numerator / unit.denominator
  if (own === 0) return { ...absentRow(unit, 'no_spread_given'), value }
  const all = Math.sqrt(own ** 2 + (excess.tau2 ?? 0))
  const z = distance(type, unit, target, sd)
  const limits = exactLimits(type, target, unit.denominator, sd)
  const limits_overdispersed = excess.is_applied ? transformedLimits(type, target, all) : null
  return {
    unit: unit.unit,
    numerator: unit.numerator,
    denominator: unit.denominator,
    value,
    z,
    z_adjusted: (z * own) / all,
    limits,
    limits_overdispersed,
    position: positionOf(
      value,
      limits_overdispersed ?? limits,
      exactTail(type, target, unit.numerator, unit.denominator),
    ),
    reason: null,
  }
}

function absentRow({ unit, numerator, denominator }: FunnelUnit, reason: NonNullable<FunnelRow['reason']>): FunnelRow {
  const none = { value: null, z: null, z_adjusted: null, limits: null, limits_overdispersed: null, position: null }
  return { unit, numerator, denominator, ...none, reason }
}

/** Beyond a curve, and rarer by the exact count than the curve says. */
function positionOf(value: number, limits: FunnelLimits, tail: number): FunnelRow['position'] {
  if (tail <= 0.001 && value > limits.upper_998) return 'above_998'
  if (tail <= 0.001 && value < limits.lower_998) return 'below_998'
  if (tail <= 0.025 && value > limits.upper_95) return 'above_95'
  return tail <= 0.025 && value < limits.lower_95 ? 'below_95' : 'within'
}

function spread(type: FunnelType, { denominator }: FunnelUnit, target: number, sd: number): number {
  return transformation(type).sd(denominator, target, sd)
}

function distance(type: FunnelType, unit: FunnelUnit, target: number, sd: number): number {
  const { forward } = transformation(type)
  return (forward(unit.numerator / unit.denominator) - forward(target)) / spread(type, unit, target, sd)
}

function pooled(units: readonly FunnelUnit[]): number | null {
  const denominator = sum(units.map((it) => it.denominator))
  return denominator === 0 ? null : sum(units.map((it) => it.numerator)) / denominator
}

/** The SD of single values within units, n - 1 a unit; 0 where no unit gives one. A mean’s limits are made of it, not of its own few people’s. */
function pooledSd(units: readonly FunnelUnit[]): number {
  const given = units.flatMap(({ sd = null, denominator }) => (sd === null ? [] : [{ sd, df: denominator - 1 }]))
  const df = sum(given.map((it) => it.df))
  return df <= 0 ? 0 : Math.sqrt(sum(given.map((it) => it.df * it.sd ** 2)) / df)
}

function assertUnits(units: readonly FunnelUnit[], type: FunnelType): void {
  assertFinite(units.flatMap(({ numerator, denominator, sd }) => [numerator, denominator, sd ?? 0]))
  if (units.some((it) => it.denominator < 0)) throw new Error('a denominator is 0 or more')
  if (type !== 'mean' && units.some((it) => it.numerator < 0)) throw new Error('a numerator is 0 or more')
  if (type === 'proportion' && units.some((it) => it.numerator > it.denominator)) {
    throw new Error('the numerator of a proportion is at most its denominator')
  }
}
