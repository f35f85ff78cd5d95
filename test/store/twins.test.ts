import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tellCareStory } from './twins/episodes.ts'
import { pairsNationalSlowly, pairsOwnSlowly } from './twins/pairs.ts'
import { linkIdentities } from './twins/people.ts'
import { usageSlowly } from './twins/usage.ts'
import { modelsOf, sorted, type World } from './world.ts'
import { worlds } from './worlds.ts'

const RUNS = { seed: 20_260_331, numRuns: 60 }

it('people, episodes, pairs by either rule and use of services agree with their slow, obvious versions on any small world', async () => {
  const nRows: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(worlds(), async (world) => {
      const expected = slowly(world)
      const found = await modelsOf(world, Object.keys(expected))
      for (const [name, rows] of Object.entries(expected)) {
        nRows[name] = (nRows[name] ?? 0) + rows.length
        expect({ [name]: found[name] }).toEqual({ [name]: sorted(rows) })
      }
    }),
    RUNS,
  )
  expect(Object.entries(nRows).filter(([, n]) => n <= RUNS.numRuns)).toEqual([])
})

function slowly(world: World): Record<string, object[]> {
  return {
    int_identities_linked: [...linkIdentities(world)].map(([identity_key, person_key]) => ({
      identity_key,
      person_key,
    })),
    episodes: tellCareStory(world).episodes,
    pairs_own: pairsOwnSlowly(world),
    pairs_national: pairsNationalSlowly(world),
    ...usageSlowly(world),
  }
}
