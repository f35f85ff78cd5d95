import { describe, expect, it } from 'vitest'
import { coverage, type Scenario } from '../../bench/coverage.ts'
import { adjustedScenarios, peopleScenarios, summaryScenarios } from '../../bench/model-scenarios.ts'

/** So few samples that only gross faults show: the standard error of a share of 95% is 2.2 points. `bench/coverage-models.ts` runs more. */
const RUNS = 100
const all: readonly Scenario[] = [...peopleScenarios(RUNS), ...adjustedScenarios(RUNS), ...summaryScenarios(RUNS)]

function shareOf(interval: string, population: string, size: number): number {
  const scenario = all.find((it) => it.interval === interval && it.population.startsWith(population))
  return coverage(scenario as Scenario, size).share as number
}

describe('intervals that claim 95% hold the truth of a known population, in small', () => {
  it.each([
    { interval: 'mixed model, change at the end', population: 'normal', size: 25 },
    { interval: 'mixed model, change at the end', population: 'whole', size: 25 },
    { interval: 'imputed mean, normal', population: 'whole', size: 25 },
    { interval: 'imputed mean, matched', population: 'whole', size: 25 },
    { interval: 'imputed share improved, normal', population: 'whole', size: 25 },
    {
      interval: 'adjusted change, ANCOVA',
      population: 'whole scores from 0 to 27, last ones skewed to 0, its',
      size: 25,
    },
    { interval: 'mean of all services', population: 'whole', size: 5 },
    { interval: 'shrunken estimate of a service', population: 'normal scores, SD between services 0.7', size: 5 },
  ])('$interval, $population …, $size: 88% and more', ({ interval, population, size }) => {
    expect(shareOf(interval, population, size)).toBeGreaterThan(0.88)
  })

  it('the prediction of a new service falls short where services differ little, as the report says', () => {
    const little = shareOf('prediction of a new service', 'normal scores, SD between services 0.7', 10)
    expect(little).toBeGreaterThan(0.75)
    expect(little).toBeLessThan(0.94)
  })

  it('counts what is inside, and leaves out and counts the samples without an interval', () => {
    let run = 0
    const scenario: Scenario = {
      ...{ interval: 'every third misses, every fourth is none', population: 'numbers', runs: 12 },
      of: () => {
        run++
        return { interval: run % 4 === 0 ? null : [0, 1], truth: run % 3 === 0 ? 2 : 1 }
      },
    }
    expect(coverage(scenario, 1)).toEqual({ share: 6 / 9, without: 3 })
  })
})
