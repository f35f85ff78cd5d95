import type { Interval } from '../src/stats/interval.ts'
import { createRandom, type Random } from '../src/stats/random.ts'

/** An interval worked out from one sample, and the truth that it should hold. */
export interface Drawn {
  readonly interval: Interval | null
  readonly truth: number
}

/** One kind of interval in samples of one population. `size`: people, or units. */
export interface Scenario {
  readonly interval: string
  readonly population: string
  readonly runs: number
  of(size: number, random: Random): Drawn
}

/** Share of the intervals that held the truth; samples for which there is none are left out and counted. */
export interface Coverage {
  readonly share: number | null // null where no sample has an interval
  readonly without: number
}

export function coverage(scenario: Scenario, size: number): Coverage {
  const random = createRandom(`${scenario.interval} ${scenario.population} ${size}`)
  let [inside, without] = [0, 0]
  for (let run = 0; run < scenario.runs; run++) {
    const { interval, truth } = scenario.of(size, random)
    if (interval === null) without++
    else if (interval[0] <= truth && truth <= interval[1]) inside++
  }
  return { share: without === scenario.runs ? null : inside / (scenario.runs - without), without }
}

/** The table that docs/methods.md shows, a row at a time as it is worked out. */
export function printCoverage(
  scenarios: readonly Scenario[],
  sizes: readonly number[],
  of: string,
  print: (text: string) => void,
): void {
  print(
    `| interval | population | ${sizes.map((n) => `${of} = ${n}`).join(' | ')} |\n|---|---|${'---:|'.repeat(sizes.length)}\n`,
  )
  for (const scenario of scenarios) {
    const cells = sizes.map((size) => words(coverage(scenario, size)))
    print(`| ${scenario.interval} | ${scenario.population} | ${cells.join(' | ')} |\n`)
  }
}

function words({ share, without }: Coverage): string {
  if (share === null) return 'none'
  return `${(100 * share).toFixed(1)}%${without === 0 ? '' : ` (${without} without)`}`
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function draws<T>(n: number, draw: () => T): T[] {
  return Array.from({ length: n }, draw)
}
