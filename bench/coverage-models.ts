import { parseArgs } from 'node:util'
import { printCoverage } from './coverage.ts'
import { adjustedScenarios, peopleScenarios, summaryScenarios } from './model-scenarios.ts'

/**
 * How often the 95% intervals of models hold the truth: imputation, the mixed model, the analysis of covariance, and the summary of services.
 * Prints the tables that docs/methods.md shows.
 * Usage: npx tsx bench/coverage-models.ts [--runs N]
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' } } })
const runs = Number(values.runs)
const print = (text: string) => process.stdout.write(text)

printCoverage(peopleScenarios(runs), [15, 25, 50, 100], 'n', print)
print('\n')
printCoverage(adjustedScenarios(runs), [15, 25, 50, 100], 'n', print)
print('\n')
printCoverage(summaryScenarios(runs), [3, 5, 10, 20], 'k', print)
