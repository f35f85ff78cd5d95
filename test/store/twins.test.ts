import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tellCareStory } from './twins/episodes.ts'
import { pairsNationalSlowly, pairsOwnSlowly } from './twins/pairs.ts'
import { linkIdentities } from './twins/people.ts'
import { usageSlowly } from './twins/usage.ts'
import { modelsOf, sorted, type World } from './world.ts'
import { worlds } from './worlds.ts'

const RUNS = { seed: 20_260_331, numRuns: 60 }

describe('each model agrees with its slow, obvious version on any small world', () => {
  it('people and episodes', () =>
    agree((world) => ({
      int_identities_linked: [...linkIdentities(world)].map(([identity_key, person_key]) => ({
        identity_key,
        person_key,
      })),
      episodes: tellCareStory(world).episodes,
    })))

  it('pairs by our own rule', () => agree((world) => ({ pairs_own: pairsOwnSlowly(world) })))

  it('pairs by the national rule', () => agree((world) => ({ pairs_national: pairsNationalSlowly(world) })))

  it('service use before and after joining', () => agree((world) => ({ ...usageSlowly(world) })))
})

async function agree(slowly: (world: World) => Record<string, object[]>): Promise<void> {
  let nRows = 0
  await fc.assert(
    fc.asyncProperty(worlds(), async (world) => {
      const expected = slowly(world)
      const found = await modelsOf(world, Object.keys(expected))
      for (const [name, rows] of Object.entries(expected)) {
        nRows += rows.length
        expect({ [name]: found[name] }).toEqual({ [name]: sorted(rows) })
      }
    }),
    RUNS,
  )
  expect(nRows).toBeGreaterThan(RUNS.numRuns)
}
