import { parseArgs } from 'node:util'
import { doubtAboutFall } from '../src/usage/doubt-about-fall.ts'
import { estimateRates, RATE_METHODS } from '../src/usage/estimate-rates.ts'
import type { FallDoubt } from '../src/usage/usage-result.ts'
import { drawPeople, marts, type UsePopulation } from './use-populations.ts'

/**
 * What the comparison of use before and after says of people about whom everything is known: how often its intervals hold the truth, and
 * how often its headline claims a fall. Usage: npx tsx bench/use-simulator.ts [--runs N]. Prints the tables of docs/methods.md.
 */

const SIZES = [15, 25, 50]

type Named = Omit<UsePopulation, 'people'> & { readonly name: string }

/** Where people join at any time, the ratio before and after is the effect itself. */
const TRUE_EFFECTS: readonly Named[] = [
  { name: 'nothing planted', effect: 1, joins: 'any_time' },
  { name: 'use halved', effect: 0.5, joins: 'any_time' },
  { name: 'use halved, few have most of it', effect: 0.5, joins: 'any_time', shape: 0.4, rate: 4 },
  { name: 'use halved, and rare', effect: 0.5, joins: 'any_time', rate: 1 },
  { name: 'use halved, data arrive late', effect: 0.5, joins: 'any_time', late_feed: true },
  { name: 'use halved, heavy users leave sooner', effect: 0.5, joins: 'any_time', drop_out: true },
]

const VERDICTS: readonly Named[] = [
  { name: 'nothing planted', effect: 1, joins: 'any_time' },
  { name: 'nothing, joining after a bad month', effect: 1, joins: 'after_a_bad_month' },
  { name: 'nothing, joining after a bad half-year', effect: 1, joins: 'after_a_bad_half_year' },
  { name: 'nothing, the quarter with most use in the year', effect: 1, joins: 'the_quarter_with_most_use' },
  { name: 'nothing, joining by use in the year', effect: 1, joins: 'by_use_of_the_year' },
  { name: 'nothing, data arrive late', effect: 1, joins: 'any_time', late_feed: true },
  { name: 'nothing, heavy users leave sooner', effect: 1, joins: 'any_time', drop_out: true },
  { name: 'use halved', effect: 0.5, joins: 'any_time' },
  { name: 'use halved, joining after a bad month', effect: 0.5, joins: 'after_a_bad_month' },
  { name: 'use falls by seven tenths', effect: 0.3, joins: 'any_time' },
]

/** Shares of runs in which each method’s interval holds the effect; null where it never gave one. */
export function coverageOf(population: UsePopulation, runs: number): Record<string, number | null> {
  const inside = new Map<string, { held: number; given: number }>()
  for (let run = 0; run < runs; run++) {
    const { excluded } = marts(drawPeople(population, `coverage ${run}`))
    const people = excluded.filter((it) => it.excluded_months === 0)
    for (const { method, ci95 } of estimateRates(people, { replicates: 499, seed: String(run) })) {
      const count = inside.get(method) ?? { held: 0, given: 0 }
      inside.set(method, count)
      if (ci95 === null) continue
      count.given++
      if (ci95[0] <= population.effect && population.effect <= (ci95[1] ?? Number.POSITIVE_INFINITY)) count.held++
    }
  }
  return Object.fromEntries([...inside].map(([method, it]) => [method, it.given === 0 ? null : it.held / it.given]))
}

/** What became of each run. */
export function doubtsOf(population: UsePopulation, runs: number): FallDoubt[] {
  return Array.from({ length: runs }, (_, run) => {
    const { excluded, months, earlier } = marts(drawPeople(population, `verdict ${run}`))
    return doubtAboutFall(excluded, months, earlier)[0] as FallDoubt
  })
}

export function shareOf(doubts: readonly FallDoubt[], is: (doubt: FallDoubt) => boolean): number {
  return doubts.filter(is).length / doubts.length
}

export function hasFallUnadjusted({ excluded }: FallDoubt): boolean {
  return (excluded[0]?.ci95_jackknife?.[1] ?? 1) < 1
}

/** The interval of what is left of the fall after empirical Bayes lies below 1. */
export function hasFallLeft({ expected }: FallDoubt): boolean {
  return (expected?.remaining_ci95?.[1] ?? 1) < 1
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${(100 * share).toFixed(1)}%`
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

function printTables(runs: number): void {
  print(['population', 'people', ...RATE_METHODS.map((method) => method.replaceAll('_', ' '))])
  print(['---', '---:', ...RATE_METHODS.map(() => '---:')])
  for (const { name, ...population } of TRUE_EFFECTS) {
    for (const people of SIZES) {
      const found = coverageOf({ ...population, people }, runs)
      print([name, String(people), ...RATE_METHODS.map((method) => percent(found[method] ?? null))])
    }
  }
  process.stdout.write('\n')
  print(['population', 'people', 'fall, unadjusted', 'left after empirical Bayes', 'said to persist'])
  print(['---', '---:', '---:', '---:', '---:'])
  for (const { name, ...population } of VERDICTS) {
    for (const people of [...SIZES, 150]) {
      const doubts = doubtsOf({ ...population, people }, runs)
      print([
        ...[name, String(people), percent(shareOf(doubts, hasFallUnadjusted)), percent(shareOf(doubts, hasFallLeft))],
        percent(shareOf(doubts, (it) => it.verdict === 'fall_persists')),
      ])
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' } } })
  printTables(Number(values.runs))
}
