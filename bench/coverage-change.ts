import { parseArgs } from 'node:util'
import { bootstrapMean } from '../src/stats/bootstrap.ts'
import { standardisedChange } from '../src/stats/effect-size.ts'
import { hodgesLehmann } from '../src/stats/hodges-lehmann.ts'
import type { Interval } from '../src/stats/interval.ts'
import { pairedChange } from '../src/stats/paired-change.ts'
import { newcombePaired, type PairedCounts, wilson } from '../src/stats/proportion.ts'
import type { Random } from '../src/stats/random.ts'
import { tangoPaired } from '../src/stats/tango.ts'
import { draws, normal, printCoverage, type Scenario } from './coverage.ts'

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
): Scenario => ({ interval, population, runs, of: (n, random) => ({ truth, interval: of(draw(n, random)) }) })

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
    runs,
    of: (n: number, random: Random) => ({
      truth: p,
      interval: ends(wilson(draws(n, () => random() < p).filter(Boolean).length, n)),
    }),
  })),
  ...pairedShares([0.55, 0.35, 0.03, 0.07], 'cases 90% then 58%'),
  ...pairedShares([0.3, 0.2, 0.1, 0.4], 'cases 50% then 40%'),
]

printCoverage(scenarios, SIZES, 'n', (text) => process.stdout.write(text))

function bootstraps(draw: (n: number, random: Random) => Scores, truth: number, population: string): Scenario[] {
  return (['percentile_ci95', 'bca_ci95'] as const).map((kind) => ({
    interval: `mean change, bootstrap ${kind === 'bca_ci95' ? 'BCa' : 'percentile'}`,
    population,
    runs: Number(values['bootstrap-runs']),
    of: (n, random) => {
      const { pre, post } = draw(n, random)
      const changes = post.map((score, i) => score - (pre[i] as number))
      return { truth, interval: bootstrapMean(changes, { replicates: 999, random })[kind] }
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
  const scenario = (name: string, of: (counts: PairedCounts) => Interval | null): Scenario => ({
    interval: `change in a share, ${name}`,
    population,
    runs,
    of: (n, random) => ({ truth, interval: of(drawn(n, random)) }),
  })
  return [scenario('Newcombe', (counts) => ends(newcombePaired(counts))), scenario('Tango', tangoPaired)]
}

function ends(found: { readonly lower: number; readonly upper: number } | null): Interval | null {
  return found === null ? null : [found.lower, found.upper]
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
