import type { Gate } from '../disclosure/gate.ts'
import type { Released } from '../disclosure/released.ts'

const NICE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/**
 * Ends of an axis that hold every released value and zero, on a round number: drawn from what is shown, never from what is
 * withheld. Zero to one where nothing is shown.
 */
export function axisEnds(gate: Gate, values: readonly Released[]): readonly [Released, Released] {
  const shown = values.flatMap((value) => (value.value === null ? [] : [value.value]))
  const low = Math.min(0, ...shown)
  const high = Math.max(0, ...shown)
  if (low === 0 && high === 0) return [gate.fact(0), gate.fact(1)]
  return [gate.fact(low === 0 ? 0 : -niceAbove(-low)), gate.fact(high === 0 ? 0 : niceAbove(high))]
}

/** As far from zero on both sides, so that each sign has its half, with room in the corners for words. */
export function evenAxisEnds(gate: Gate, values: readonly Released[]): readonly [Released, Released] {
  const farthest = Math.max(0, ...values.map((value) => Math.abs(value.value ?? 0)))
  const end = farthest === 0 ? 1 : niceAbove(1.3 * farthest)
  return [gate.fact(-end), gate.fact(end)]
}

/** Ends of a log axis around 1, the same distance each way, for ratios: 0.5 to 2, 0.2 to 5, 0.1 to 10 … */
export function ratioAxisEnds(gate: Gate, values: readonly Released[]): readonly [Released, Released] {
  const farthest = Math.max(
    1,
    ...values.flatMap((v) => (v.value === null || v.value <= 0 ? [] : [Math.max(v.value, 1 / v.value)])),
  )
  const end = [2, 5, 10, 20, 50].find((candidate) => farthest <= candidate) ?? 100
  return [gate.fact(1 / end), gate.fact(end)]
}

function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = NICE.find((candidate) => value <= candidate * power * (1 + Number.EPSILON * 4)) ?? 10
  return Number((step * power).toPrecision(12))
}
