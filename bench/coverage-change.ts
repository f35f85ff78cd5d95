import { parseArgs } from 'node:util'
import { bootstrapMean } from '../src/stats/bootstrap.ts'
import { standardisedChange } from '../src/stats/effect-size.ts'
import { hodgesLehmann } from '../src/stats/hodges-lehmann.ts'
import type { Interval } from '../src/stats/interval.ts'
import { pairedChange } from '../src/stats/paired-change.ts'
import { newcombePaired, type PairedCounts, wilson } from '../src/stats/proportion.ts'
import { createRandom, type Random } from '../src/stats/random.ts'
import { tangoPaired } from '../src/stats/tango.ts'

/**
 * How often the 95% intervals of change hold the truth, in samples of 15 to 100 people drawn from a population that is known. Prints the
 * table that docs/methods.md shows. A sample for which an interval does not exist is left out and counted.
 * Usage: npx tsx bench/coverage-change.ts [--runs N] [--bootstrap-runs N]
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, 'bootstrap-runs': { type: 'string', default: '2000' } },
})

const SIZES = [15, 25, 50, 100]

interface Scores {
  readonly pre: number[]
  readonly post: number[]
}

interface Scenario {
  readonly interval: string
  readonly population: string
  readonly truth: number
  readonly runs: number
  of(n: number, random: Random): Interval | null
}

const runs = Number(values.runs)

/** First scores N(20, 6); last scores 0.6 SD better with SD 7 and correlation 0.5. */
const MEAN = -3.6
const [SD_PRE, SD_POST, R] = [6, 7, 0.5]
const SD_CHANGE = Math.sqrt(SD_PRE ** 2 + SD_POST ** 2 - 2 * R * SD_PRE * SD_POST)
const NORMAL = 'normal scores, correlation 0.5, SD 6 then 7'
const SKEWED = 'skewed change (exponential)'

const onScores = (
  interval: string,
  truth: number,
  of: (scores: Scores) => Interval | null,
  draw: (n: number, random: Random) => Scores = normalScores,
  population = NORMAL,
): Scenario => ({ interval, population, truth, runs, of: (n, random) => of(draw(n, random)) })

const scenarios: Scenario[] = [
  onScores('mean change, t', MEAN, ({ pre, post }) => pairedChange(pre, post).ci95),
  onScores('mean change, t', -1, ({ pre, post }) => pairedChange(pre, post).ci95, skewedScores, SKEWED),
  ...bootstraps(normalScores, MEAN, NORMAL),
  ...bootstraps(skewedScores, -1, SKEWED),
  onScores('dz, noncentral t', MEAN / SD_CHANGE, ({ pre, post }) => standardisedChange(pre, post).dz_ci95),
  onScores('Hedges g, noncentral t', MEAN / SD_CHANGE, ({ pre, post }) => standardisedChange(pre, post).hedges_g_ci95),
  onScores(
    'd on first SD, scaled noncentral t',
    MEAN / SD_PRE,
    ({ pre, post }) => standardisedChange(pre, post).d_pre_ci95,
  ),
  onScores(
    'd average, scaled noncentral t',
    MEAN / ((SD_PRE + SD_POST) / 2),
    ({ pre, post }) => standardisedChange(pre, post).d_av_ci95,
  ),
  onScores('median shift, Hodges–Lehmann', MEAN, ({ pre, post }) => hodgesLehmann(pre, post).ci95),
  onScores(
    'median shift, Hodges–Lehmann',
    -4,
    ({ pre, post }) => hodgesLehmann(pre, post).ci95,
    wholeScores,
    'whole scores with many ties',
  ),
  ...[0.1, 0.3, 0.5].map((p) => ({
    interval: 'share, Wilson',
    population: `a share of ${p * 100}%`,
    truth: p,
    runs,
    of: (n: number, random: Random): Interval | null => {
      const found = wilson(draws(n, () => random() < p).filter(Boolean).length, n)
      return found === null ? null : [found.lower, found.upper]
    },
  })),
  ...pairedShares([0.55, 0.35, 0.03, 0.07], 'cases 90% then 58%'),
  ...pairedShares([0.3, 0.2, 0.1, 0.4], 'cases 50% then 40%'),
]

process.stdout.write(
  `| interval | population | ${SIZES.map((n) => `n = ${n}`).join(' | ')} |\n|---|---|${'---:|'.repeat(SIZES.length)}\n`,
)
for (const scenario of scenarios) {
  const shares = SIZES.map((n) => coverage(scenario, n))
  process.stdout.write(`| ${scenario.interval} | ${scenario.population} | ${shares.join(' | ')} |\n`)
}

function coverage(scenario: Scenario, n: number): string {
  const random = createRandom(`${scenario.interval} ${scenario.population} ${n}`)
  let [inside, given] = [0, 0]
  for (let run = 0; run < scenario.runs; run++) {
    const interval = scenario.of(n, random)
    if (interval === null) continue
    given++
    if (interval[0] <= scenario.truth && scenario.truth <= interval[1]) inside++
  }
  const none = given === scenario.runs ? '' : ` (${scenario.runs - given} without)`
  return `${((100 * inside) / given).toFixed(1)}%${none}`
}

function bootstraps(draw: (n: number, random: Random) => Scores, truth: number, population: string): Scenario[] {
  return (['percentile_ci95', 'bca_ci95'] as const).map((kind) => ({
    interval: `mean change, bootstrap ${kind === 'bca_ci95' ? 'BCa' : 'percentile'}`,
    population,
    truth,
    runs: Number(values['bootstrap-runs']),
    of: (n, random) => {
      const { pre, post } = draw(n, random)
      const changes = post.map((score, i) => score - (pre[i] as number))
      return bootstrapMean(changes, { replicates: 999, random })[kind]
    },
  }))
}

/** Chances of both, before only, after only, neither. */
function pairedShares(chances: readonly [number, number, number, number], population: string): Scenario[] {
  const [both, preOnly, postOnly] = chances
  const drawn = (n: number, random: Random): PairedCounts => {
    const counts = { both: 0, pre_only: 0, post_only: 0, neither: 0 }
    for (const u of draws(n, random)) {
      if (u < both) counts.both++
      else if (u < both + preOnly) counts.pre_only++
      else if (u < both + preOnly + postOnly) counts.post_only++
      else counts.neither++
    }
    return counts
  }
  const truth = postOnly - preOnly
  return [
    {
      interval: 'change in a share, Newcombe',
      population,
      truth,
      runs,
      of: (n, random) => {
        const found = newcombePaired(drawn(n, random))
        return found === null ? null : [found.lower, found.upper]
      },
    },
    { interval: 'change in a share, Tango', population, truth, runs, of: (n, random) => tangoPaired(drawn(n, random)) },
  ]
}

function normalScores(n: number, random: Random): Scores {
  const pairs = draws(n, () => {
    const [a, b] = [normal(random), normal(random)]
    return [20 + SD_PRE * a, 20 + MEAN + SD_POST * (R * a + Math.sqrt(1 - R * R) * b)] as const
  })
  return { pre: pairs.map((pair) => pair[0]), post: pairs.map((pair) => pair[1]) }
}

/** Change: 1 point better on average, most people a little, few people much. */
function skewedScores(n: number, random: Random): Scores {
  const pre = draws(n, () => 20 + 6 * normal(random))
  return { pre, post: pre.map((score) => score + Math.log(1 - random())) }
}

/** Whole numbers, change symmetric about 4 better. */
function wholeScores(n: number, random: Random): Scores {
  const pre = draws(n, () => Math.round(20 + 6 * normal(random)))
  return { pre, post: pre.map((score) => score - 4 + Math.round(3 * normal(random))) }
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function draws<T>(n: number, draw: () => T): T[] {
  return Array.from({ length: n }, draw)
}
