import { imputedChange } from '../src/change/missing-scores.ts'
import { timeCourse } from '../src/change/time-course.ts'
import { scaleOf } from '../src/measures/registry.ts'
import { adjustedChange } from '../src/stats/analysis-of-covariance.ts'
import { mean, sampleSd } from '../src/stats/describe.ts'
import type { ImputationMethod } from '../src/stats/impute.ts'
import { fitLinear } from '../src/stats/linear-regression.ts'
import { pairedChange } from '../src/stats/paired-change.ts'
import { createRandom, type Random } from '../src/stats/random.ts'
import { randomEffects } from '../src/stats/random-effects.ts'
import { type Drawn, draws, normal, type Scenario } from './coverage.ts'
import { BOUNDED, type Course, NORMAL, truthOf } from './populations.ts'

/** PHQ-9: 0 to 27, lower better, a reliable change of 6. */
const SCALE = scaleOf('phq-9', 'total')!
const POPULATIONS = [NORMAL, BOUNDED]

/** Intervals of one service's change that allow for missing scores or for first scores, by the number of people. */
export function peopleScenarios(runs: number): Scenario[] {
  return POPULATIONS.flatMap((population) => {
    const gain = truthOf(population, (it) => it.entry - it.end)
    const improved = truthOf(population, (it) => (it.entry - it.end >= 6 ? 1 : 0))
    const scenario = (interval: string, of: (people: Course[], random: Random) => Drawn): Scenario => ({
      interval,
      population: population.name,
      runs,
      of: (n, random) =>
        of(
          draws(n, () => population.draw(random)),
          random,
        ),
    })
    const imputing = (method: ImputationMethod) => (people: Course[], random: Random) =>
      imputedChange(
        people.map((it) => ({ pre_score: it.entry, post_score: it.has_end ? it.end : null })),
        SCALE,
        { method, n_imputations: 20, random },
      )
    return [
      scenario('completers alone, t', (people) => {
        const seen = people.filter((it) => it.has_end)
        const { ci95 } = pairedChange(
          seen.map((it) => it.end),
          seen.map((it) => it.entry),
        )
        return { interval: ci95, truth: gain }
      }),
      scenario('mixed model, change at the end', (people) => ({ interval: mixedInterval(people), truth: gain })),
      ...(['normal', 'matched'] as const).flatMap((method) => [
        scenario(`imputed mean, ${method}`, (people, random) => ({
          interval: imputing(method)(people, random).improvement_ci95,
          truth: gain,
        })),
        scenario(`imputed share improved, ${method}`, (people, random) => ({
          interval: imputing(method)(people, random).improved_ci95,
          truth: improved,
        })),
      ]),
    ]
  })
}

function mixedInterval(people: readonly Course[]) {
  const scores = people.flatMap((it, episode_id) => [
    { episode_id, timepoint: 'entry' as const, follow_up_months: null, days_from_entry: 0, score: it.entry },
    ...(it.has_review
      ? [{ episode_id, timepoint: 'review' as const, follow_up_months: null, days_from_entry: 60, score: it.review }]
      : []),
    ...(it.has_end
      ? [{ episode_id, timepoint: 'end' as const, follow_up_months: null, days_from_entry: 150, score: it.end }]
      : []),
  ])
  const end = timeCourse(scores, 'lower').timepoints.find((it) => it.timepoint === 'end')
  return end?.improvement_ci95 ?? null
}

/** Points by which the first service's people start below, and its change lies above, those of the other two. */
const [STARTS_LOWER, CHANGES_MORE] = [3, 2]

/** Change of one service of three adjusted for first scores, by the number of people in each. */
export function adjustedScenarios(runs: number): Scenario[] {
  const spreads = [
    { name: '', of: (change: number) => change },
    { name: ', its change spread twice as wide', of: (change: number, centre: number) => 2 * change - centre },
  ]
  return POPULATIONS.flatMap((population) =>
    spreads.map((spread): Scenario => {
      const centre = truthOf(population, (it) => it.entry - it.end)
      const person = (unit: number, random: Random) => {
        const { entry, end } = population.draw(random)
        const change = unit === 0 ? spread.of(entry - end, centre) + CHANGES_MORE : entry - end
        return {
          unit: `${unit}`,
          improvement: change,
          covariates: [unit === 0 ? entry - STARTS_LOWER : entry] as const,
        }
      }
      const truth = lineOf(threeServices(20_000, person, createRandom('many people in three services')))
      return {
        interval: 'adjusted change, ANCOVA',
        population: `${population.name}${spread.name}`,
        runs,
        of: (n, random) => {
          const rows = threeServices(n, person, random)
          const start = mean(rows.map((it) => it.covariates[0])) as number
          return { interval: adjustedChange(rows)[0]?.ci95 ?? null, truth: truth(start) }
        },
      }
    }),
  )
}

interface Person {
  readonly unit: string
  readonly improvement: number
  readonly covariates: readonly [number]
}

function threeServices(n: number, person: (unit: number, random: Random) => Person, random: Random): Person[] {
  return [0, 1, 2].flatMap((unit) => draws(n, () => person(unit, random)))
}

/** The first service's change, by a straight line, for people who start at a score. */
function lineOf(people: readonly Person[]): (start: number) => number {
  const fit = fitLinear(
    people.map((it) => [...['0', '1', '2'].map((unit) => (it.unit === unit ? 1 : 0)), it.covariates[0]]),
    people.map((it) => it.improvement),
  )!
  const [level = 0, , , slope = 0] = fit.coefficients
  return (start) => level + slope * start
}

/** SD of services' true mean changes, in points: none, little, much. */
const BETWEEN = [0, 0.7, 2]

/** The summary of services of 10 to 80 people each, by the number of services. */
export function summaryScenarios(runs: number): Scenario[] {
  return POPULATIONS.flatMap((population) => {
    const centre = truthOf(population, (it) => it.entry - it.end)
    return BETWEEN.flatMap((tau): Scenario[] => {
      const summarised = (k: number, random: Random) => {
        const truths = draws(k, () => tau * normal(random))
        const units = truths.map((truth) => {
          const people = draws(10 + Math.floor(71 * random()), () => population.draw(random))
          const gains = people.map((it) => it.entry - it.end - centre + truth)
          return { estimate: mean(gains) as number, se: (sampleSd(gains) as number) / Math.sqrt(gains.length) }
        })
        return { found: randomEffects(units), truths }
      }
      const scenario = (interval: string, of: (it: ReturnType<typeof summarised>, random: Random) => Drawn) => ({
        interval,
        population: `${population.name}, SD between services ${tau}`,
        runs,
        of: (k: number, random: Random) => of(summarised(k, random), random),
      })
      return [
        scenario('mean of all services', ({ found }) => ({ interval: found.ci95, truth: 0 })),
        scenario('prediction of a new service', ({ found }, random) => ({
          interval: found.prediction95,
          truth: tau * normal(random),
        })),
        scenario('shrunken estimate of a service', ({ found, truths }) => ({
          interval: found.shrunken[0]?.ci95 ?? null,
          truth: truths[0] as number,
        })),
      ]
    })
  })
}
