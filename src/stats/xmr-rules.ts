import type { XmrRule } from './xmr-types.ts'

export interface RulePoint {
  readonly value: number
  /** True where a period without a number comes straight before. */
  readonly is_after_gap: boolean
}

export interface RuleLimits {
  readonly mean: number
  readonly lower_limit: number
  readonly upper_limit: number
}

export interface RuleHit {
  readonly rule: XmrRule
  readonly side: 'high' | 'low'
  /** True where the run of points goes over a missing period. */
  readonly spans_gap: boolean
}

const RUN = 7

/**
 * The four rules of NHS England’s Making Data Count, for each recorded point in turn: outside a limit; 7 in a row on one side of the
 * mean; 7 in a row rising or falling; and, as since November 2023, 2 of 3 in a row beyond two thirds of the way to a limit, all
 * three on that side, with points outside the limit counting too. A missing period is no point: it neither adds to a run nor ends one.
 * A point on the mean ends a shift, and two equal points end a trend.
 */
export function xmrHits(points: readonly RulePoint[], limits: RuleLimits): RuleHit[][] {
  const hits: RuleHit[][] = points.map(() => [])
  const mark = (first: number, last: number, rule: XmrRule, side: 'high' | 'low', marked: (at: number) => boolean) => {
    const spans_gap = points.slice(first + 1, last + 1).some((point) => point.is_after_gap)
    for (let at = first; at <= last; at++) {
      const isNew = !hits[at]?.some((hit) => hit.rule === rule && hit.side === side)
      if (isNew && marked(at)) hits[at]?.push({ rule, side, spans_gap })
    }
  }
  const values = points.map((point) => point.value)
  const at = new Position(limits)
  for (const side of ['high', 'low'] as const) {
    values.forEach((value, nth) => {
      if (at.isOutside(value, side)) mark(nth, nth, 'outside_limits', side, () => true)
    })
    for (const [first, last] of runs(trendSteps(values, side))) mark(first, last + 1, 'trend', side, () => true)
    for (let last = 2; last < values.length; last++) {
      const three = values.slice(last - 2, last + 1)
      const isNear = (value: number) => at.isNearLimit(value, side)
      if (three.every((value) => at.isOn(value, side)) && three.filter(isNear).length >= 2) {
        mark(last - 2, last, 'two_of_three', side, (nth) => isNear(values[nth] as number))
      }
    }
    const sides = values.map((value) => at.isOn(value, side))
    for (const [first, last] of runs(sides, RUN)) mark(first, last, 'shift', side, () => true)
  }
  return hits
}

/** Stretches of true at least so long: first and last place. A trend of 7 points has 6 steps. */
function runs(flags: readonly boolean[], least = RUN - 1): [number, number][] {
  const found: [number, number][] = []
  let first = 0
  for (let at = 0; at <= flags.length; at++) {
    if (flags[at] === true) continue
    if (at - first >= least) found.push([first, at - 1])
    first = at + 1
  }
  return found
}

function trendSteps(values: readonly number[], side: 'high' | 'low'): boolean[] {
  const slack = 1e-12 * Math.max(0, ...values.map(Math.abs))
  return values.slice(1).map((value, at) => {
    const step = value - (values[at] as number)
    return side === 'high' ? step > slack : step < -slack
  })
}

/** Where a value is against mean and limits; what differs by the last bits of a decimal only is equal. */
class Position {
  readonly #limits: RuleLimits
  readonly #slack: number

  constructor(limits: RuleLimits) {
    this.#limits = limits
    this.#slack = 1e-12 * Math.max(Math.abs(limits.mean), Math.abs(limits.upper_limit), Math.abs(limits.lower_limit))
  }

  isOn(value: number, side: 'high' | 'low'): boolean {
    return this.#distance(value, side) > this.#slack
  }

  isOutside(value: number, side: 'high' | 'low'): boolean {
    return this.#distance(value, side) > this.#reach() + this.#slack
  }

  isNearLimit(value: number, side: 'high' | 'low'): boolean {
    return this.#distance(value, side) > (2 / 3) * this.#reach() + this.#slack
  }

  #distance(value: number, side: 'high' | 'low'): number {
    return side === 'high' ? value - this.#limits.mean : this.#limits.mean - value
  }

  #reach(): number {
    return this.#limits.upper_limit - this.#limits.mean
  }
}
