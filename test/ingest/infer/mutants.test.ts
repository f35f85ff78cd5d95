import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../fixtures/generate/random.ts'
import { type OddFile, oddFiles } from '../../../fixtures/odd-files/files.ts'
import { MUTATIONS, mutant } from './mutate-odd.ts'
import { mapOdd, truthOf } from './odd-room.ts'

/** Every file has every mutation in a nightly run: `ODD_MUTANTS=all ODD_SEED=monday npx vitest run test/ingest/infer/mutants.test.ts`. */
const SEED = process.env.ODD_SEED ?? ''
const PER_MUTATION = process.env.ODD_MUTANTS === 'all' ? Number.POSITIVE_INFINITY : 2
const NOT_PLAIN = ['Fragebogen.csv', 'wsas pipes.csv', 'rio report.csv', 'survey export.csv']

const plain = (await oddFiles()).filter(({ name }) => name.endsWith('.csv') && !NOT_PLAIN.includes(name))

const cases = Object.keys(MUTATIONS).flatMap((mutation) => {
  const files = createRandom(`which ${mutation}`).sample(plain, plain.length).slice(0, PER_MUTATION)
  return files.map((odd): [string, string, OddFile] => [mutation, odd.name, odd])
})

describe('an odd file made odder is read rightly as far as it is read, or not at all', () => {
  it.each(cases)('%s: %s', async (mutation, name, odd) => {
    const { scores } = await mapOdd(mutant(odd, mutation, createRandom(`${SEED}${mutation} ${name}`)))
    const truth = new Set(truthOf(odd))
    expect((scores ?? []).filter((score) => !truth.has(score))).toEqual([])
  })
})
