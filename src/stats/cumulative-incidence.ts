import { normalQuantile } from './distributions.ts'

/** One person: days until the exit, or until last seen where there was none (`event` null). */
export interface ExitTime<Event extends string> {
  readonly days: number
  readonly event: Event | null
}

/**
 * The share who had left by one kind of exit by a day, the other kinds competing. From 0 to 1; null, with n_at_risk 0, where nobody was
 * seen for so long. se and the interval: null where nobody had left so. n_at_risk: not out and still seen on that day.
 */
export interface CumulativeIncidence {
  readonly day: number
  readonly incidence: number | null
  readonly se: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly n_at_risk: number
}

/**
 * Aalen and Johansen's estimate on each of the given days. The variance is the delta method's (Marubini and Valsecchi 1995), which is
 * Greenwood's where only one kind of exit exists; the interval is worked out on the scale log(-log F), so it stays between 0 and 1.
 * Whoever was last seen on the day of another's exit was still at risk of it.
 */
export function cumulativeIncidence<Event extends string>(
  people: readonly ExitTime<Event>[],
  event: NoInfer<Event>,
  days: readonly number[],
  level = 0.95,
): CumulativeIncidence[] {
  const steps = stepsOf(people, event)
  const lastSeen = people.reduce((last, it) => Math.max(last, it.days), -1)
  const isEveryoneOut = steps.at(-1)?.survival === 0
  return days.map((day) => {
    const n_at_risk = people.filter((it) => it.days >= day).length
    if (day > lastSeen && !isEveryoneOut) return { day, incidence: null, se: null, lower: null, upper: null, n_at_risk }
    return {
      day,
      ...estimateOn(
        steps.filter((it) => it.day <= day),
        level,
      ),
      n_at_risk,
    }
  })
}

interface Step {
  readonly day: number
  /** At risk, out by any exit, and out by the one asked about. */
  readonly n: number
  readonly d: number
  readonly k: number
  /** Not out just before and just after the day. */
  readonly before: number
  readonly survival: number
  /** Out by the exit asked about, up to and with the day. */
  readonly incidence: number
}

function stepsOf<Event extends string>(people: readonly ExitTime<Event>[], event: Event): Step[] {
  const sorted = people.toSorted((a, b) => a.days - b.days)
  const steps: Step[] = []
  let [before, incidence, at] = [1, 0, 0]
  while (at < sorted.length) {
    const day = (sorted[at] as ExitTime<Event>).days
    const n = sorted.length - at
    let [d, k] = [0, 0]
    for (; at < sorted.length && sorted[at]?.days === day; at++) {
      const found = sorted[at]?.event ?? null
      if (found !== null) d++
      if (found === event) k++
    }
    if (d === 0) continue
    incidence = Math.min(1, incidence + (before * k) / n)
    const survival = before * (1 - d / n)
    steps.push({ day, n, d, k, before, survival, incidence })
    before = survival
  }
  return steps
}

function estimateOn(steps: readonly Step[], level: number) {
  const incidence = steps.at(-1)?.incidence ?? 0
  if (incidence === 0) return { incidence, se: null, lower: null, upper: null }
  const se = Math.sqrt(
    Math.max(
      0,
      steps.reduce((sum, step) => sum + varianceOf(step, incidence), 0),
    ),
  )
  if (incidence >= 1) return { incidence, se, lower: null, upper: null }
  const width = (normalQuantile((1 + level) / 2) * se) / (incidence * Math.log(incidence))
  const ends = [incidence ** Math.exp(width), incidence ** Math.exp(-width)]
  return { incidence, se, lower: Math.min(...ends), upper: Math.max(...ends) }
}

function varianceOf({ n, d, k, before, incidence: then }: Step, incidence: number): number {
  const apart = incidence - then
  const ofSurvival = n > d ? (apart ** 2 * d) / (n * (n - d)) : 0
  return ofSurvival + (before ** 2 * (n - k) * k) / n ** 3 - (2 * apart * before * k) / n ** 2
}
