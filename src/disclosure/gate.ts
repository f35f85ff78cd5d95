import { formatNumber, type NumberFormat, roundToStep } from './format-number.ts'
import { type DisclosurePolicy, isWithheld, type PolicyId, policyOf } from './policy.ts'
import { type Released, type ReleasedText, say, takeReleaseMaker } from './released.ts'

const make = takeReleaseMaker()

/** `people`: how many people stand behind a count of events; too few of them withhold it. `reason`: said where it is null. */
export type CountOptions = { readonly people?: number; readonly reason?: ReleasedText }

/**
 * `n` is the number of people behind the statistic; `reason` is said where its value is null. `fewest`: how many it takes to claim
 * it, and what is said below that. Whether there are so many is decided by the least that `n` may be once rounded, so that the
 * words never tell 8 people from 12.
 */
export type StatisticOptions = NumberFormat & {
  readonly n: number
  readonly reason?: ReleasedText
  readonly fewest?: { readonly n: number; readonly reason: ReleasedText }
}

export type DeriveOptions = NumberFormat & { readonly reason?: ReleasedText }

/** Cells of one population split into groups that do not overlap, and their total. */
export type ReleasedPartition<Name extends string> = {
  readonly cells: Readonly<Record<Name, Released>>
  readonly total: Released
}

/** The way out for numbers about people, and the only maker of `Released`. */
export type Gate = {
  readonly policy: DisclosurePolicy

  /** A count of people, or of events by `people`. Null becomes absent, with the reason. */
  readonly count: (n: number | null, options?: CountOptions) => Released

  /**
   * Releases the groups one by one and adds the total up from what was released: the total of the same people is never
   * released on its own as well.
   */
  readonly partition: <Name extends string>(counts: Readonly<Record<Name, number>>) => ReleasedPartition<Name>

  /**
   * People who reach each of a series of nested stages (eligible, then baseline, then paired), widest first, as totals of
   * a released partition. Where the last stage is split further (paired into improved, unchanged, worse), give that
   * partition, so that the same people have one released number.
   */
  readonly stages: <Name extends string>(
    counts: Readonly<Record<Name, number>>,
    last?: ReleasedPartition<string>,
  ) => Readonly<Record<Name, Released>>

  /**
   * A mean, spread, ratio or end of an interval over `n` people; pounds to the policy's base. Never a proportion: a
   * percentage of raw counts gives the counts away, so those come from `percentage` and `derive`.
   */
  readonly statistic: (value: number | null, options: StatisticOptions) => Released

  /** Computes with released values only, so it gives away nothing more. Withheld or absent inputs make the result so. */
  readonly derive: <const Inputs extends readonly Released[]>(
    inputs: Inputs,
    compute: (...values: { [Place in keyof Inputs]: number }) => number | null,
    options?: DeriveOptions,
  ) => Released

  /** `part` of `whole` as a percentage of released counts; absent where the whole is too small for one. */
  readonly percentage: (part: Released, whole: Released) => Released

  /** A number that is not about people: a threshold, a price, a year, an end of an axis. */
  readonly fact: (value: number, format?: NumberFormat) => Released

  /** No number, and why. */
  readonly absent: (reason: ReleasedText) => Released

  /** A name or a date: words that hold no number about people. */
  readonly label: (text: string) => ReleasedText
}

/** A gate that releases under one policy. */
export function createGate(id: PolicyId): Gate {
  const policy = policyOf(id)
  const label = (text: string): ReleasedText => make.text(text)
  const count: Gate['count'] = (n, options = {}) => releaseCount(policy, n, options)
  const derive: Gate['derive'] = (inputs, compute, options = {}) =>
    deriveReleased(inputs, compute as (...values: number[]) => number | null, options)
  const partition: Gate['partition'] = (counts) => {
    const cells = mapValues(counts, (n) => count(n))
    return { cells, total: totalOf(policy, Object.values(cells)) }
  }
  return Object.freeze({
    policy,
    count,
    partition,
    derive,
    label,
    stages: (counts, last) => releaseStages(policy, counts, count, last),
    statistic: (value, options) => releaseStatistic(policy, value, options),
    percentage: (part, whole) => percentageOf(policy, part, whole),
    fact: (value, format = {}) => shown(value, format),
    absent: (reason) => make.released({ kind: 'absent', reason: reason.text }),
  } satisfies Gate)
}

function releaseCount(policy: DisclosurePolicy, n: number | null, { people, reason }: CountOptions): Released {
  if (n === null) return absent(reason)
  requireCount(n)
  if (people !== undefined) requireCount(people)
  if (isWithheld(policy, n) || (people !== undefined && isWithheld(policy, people))) {
    return make.released({ kind: 'suppressed', marker: '*', words: policy.small_count_words })
  }
  return shown(roundToStep(n, policy.rounding_base), {})
}

/*
 * A total is a function of the released leaves and nothing else. Given the leaves, an attacker could compute it, so it
 * cannot tell more about a withheld leaf than the leaf's own marker does; a total rounded on its own would (its interval,
 * less the leaves' intervals, cuts into the withheld one). A withheld leaf stands at the middle of its interval, which
 * keeps the total as near the truth as a reader could guess, and the sum is rounded again so that it does not look exact.
 */
function totalOf(policy: DisclosurePolicy, leaves: readonly Released[]): Released {
  const [lowest, highest] = policy.suppressed_counts ?? [0, 0]
  const sum = leaves.reduce((total, leaf) => total + (leaf.value ?? (lowest + highest) / 2), 0)
  return releaseCount(policy, roundToStep(sum, policy.rounding_base), {})
}

function releaseStages<Name extends string>(
  policy: DisclosurePolicy,
  counts: Readonly<Record<Name, number>>,
  count: Gate['count'],
  last: ReleasedPartition<string> | undefined,
): Readonly<Record<Name, Released>> {
  const names = Object.keys(counts) as Name[]
  const leaves = names.map((name, index) => {
    const next = names[index + 1]
    const stopped = counts[name] - (next === undefined ? 0 : counts[next])
    if (stopped < 0) throw new Error('stages must be nested, widest first')
    return next === undefined && last !== undefined ? last.total : count(stopped)
  })
  const totals = names.map((_, index) => totalOf(policy, leaves.slice(index)))
  return Object.fromEntries(names.map((name, index) => [name, totals[index]])) as Record<Name, Released>
}

function releaseStatistic(policy: DisclosurePolicy, value: number | null, options: StatisticOptions): Released {
  requireCount(options.n)
  if (options.n < policy.min_n_statistic) return withheld()
  if (options.fewest !== undefined && leastBehind(policy, options.n) < options.fewest.n) {
    return absent(options.fewest.reason)
  }
  if (value === null) return absent(options.reason)
  if (!Number.isFinite(value)) throw new Error('a statistic is a finite number or null')
  if (options.unit === 'gbp' && !policy.is_internal) {
    return shown(roundToStep(value, policy.money_base_pounds), { unit: 'gbp' })
  }
  return rounded(value, options)
}

function deriveReleased(
  inputs: readonly Released[],
  compute: (...values: number[]) => number | null,
  options: DeriveOptions,
): Released {
  const values = inputs.flatMap((input) => (input.value === null ? [] : [input.value]))
  if (values.length < inputs.length) {
    return inputs.some((input) => input.is_suppressed)
      ? withheld()
      : (inputs.find((input) => !input.is_shown) as Released)
  }
  const result = compute(...values)
  return result === null || !Number.isFinite(result) ? absent(options.reason) : rounded(result, options)
}

/** The lowest count of which a statistic is shown and that is rounded as `n` is. */
function leastBehind({ rounding_base, min_n_statistic }: DisclosurePolicy, n: number): number {
  return Math.max(min_n_statistic, roundToStep(n, rounding_base) - Math.floor(rounding_base / 2))
}

function percentageOf(policy: DisclosurePolicy, part: Released, whole: Released): Released {
  if (whole.value !== null && whole.value < policy.min_n_percentage) {
    return absent(say`too few people for a percentage`)
  }
  // HES prints a decimal place only from a denominator of 4,000: below it, rounding the counts moves it more than that.
  const decimals = (whole.value ?? 0) >= (policy.is_internal ? 100 : 4000) ? 1 : 0
  return deriveReleased([part, whole], (x, n) => (100 * (x as number)) / (n as number), { decimals, unit: 'percent' })
}

function rounded(value: number, format: NumberFormat): Released {
  const decimals = format.decimals ?? (format.unit === undefined ? 3 : 0)
  return shown(roundToStep(value, 10 ** -decimals), format)
}

function shown(value: number, format: NumberFormat): Released {
  return make.released({ kind: 'shown', value, text: formatNumber(value, format) })
}

function withheld(): Released {
  return make.released({ kind: 'suppressed', marker: '*', words: 'too few people to show' })
}

function absent(reason: ReleasedText | undefined): Released {
  return make.released({ kind: 'absent', reason: reason?.text ?? 'not available' })
}

function requireCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new Error('a count is a whole number, zero or more')
}

function mapValues<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  change: (value: From) => To,
): Readonly<Record<Name, To>> {
  const entries = Object.entries<From>(record).map(([name, value]) => [name, change(value)])
  return Object.fromEntries(entries) as Record<Name, To>
}
