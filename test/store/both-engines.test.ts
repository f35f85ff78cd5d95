import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Executor, sqliteExecutor } from '../../src/store/executor.ts'
import { readChecks, readModels } from '../../src/store/models.ts'
import { buildModels } from '../../src/store/run-models.ts'
import { agreeOnBothEngines, linesOf } from './both-engines.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import { openWorld } from './world.ts'
import { worlds } from './worlds.ts'

describe('one SQL text, two engines', () => {
  let postgres: Postgres
  beforeAll(async () => {
    postgres = await openPostgres()
  })
  afterAll(() => postgres.close())

  it('every model gives the same rows on SQLite and on PostgreSQL, and every check passes on both', async () => {
    const filled = new Set<string>()
    for (const world of fc.sample(worlds(), { seed: 20_260_331, numRuns: 8 })) {
      const store = openWorld(world)
      await buildModels(sqliteExecutor(store.sqlite))
      for (const name of await agreeOnBothEngines(store, postgres)) filled.add(name)
      store.close()
    }
    expect(readModels().flatMap(({ name }) => (filled.has(name) ? [] : [name]))).toEqual([])
    expect(readChecks().length).toBeGreaterThan(30)
  })

  it('a build replaces: built again, the models are the same; failing, they are as they were', async () => {
    const [world] = fc.sample(worlds(), { seed: 1, numRuns: 1 })
    const store = openWorld(world as Parameters<typeof openWorld>[0])
    const sqlite = sqliteExecutor(store.sqlite)
    await buildModels(sqlite)
    const first = linesOf(store, 'usage_person')
    await buildModels(sqlite)
    expect(linesOf(store, 'usage_person')).toEqual(first)

    const failing: Executor = {
      all: sqlite.all,
      exec: (sql) => {
        if (sql.startsWith('create table usage_person')) throw new Error('disk full')
        return sqlite.exec(sql)
      },
    }
    await expect(buildModels(failing)).rejects.toThrow('disk full')
    expect(linesOf(store, 'usage_person')).toEqual(first)
    store.close()
  })
})
