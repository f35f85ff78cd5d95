import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Executor, sqliteExecutor } from '../../src/store/executor.ts'
import { readChecks, readModels } from '../../src/store/models.ts'
import { buildModels, runChecks } from '../../src/store/run-models.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import { openWorld, sorted } from './world.ts'
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
      const sqlite = sqliteExecutor(store.sqlite)
      await postgres.fillFrom(store)
      await buildModels(sqlite)
      await buildModels(postgres.executor)
      for (const { name } of readModels()) {
        const expected = await rowsOf(sqlite, name)
        expect({ [name]: await rowsOf(postgres.executor, name) }).toEqual({ [name]: expected })
        if (expected.length > 0) filled.add(name)
      }
      expect(broken(await runChecks(sqlite))).toEqual([])
      expect(broken(await runChecks(postgres.executor))).toEqual([])
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
    const first = await rowsOf(sqlite, 'usage_person')
    await buildModels(sqlite)
    expect(await rowsOf(sqlite, 'usage_person')).toEqual(first)

    const failing: Executor = {
      all: sqlite.all,
      exec: (sql) => {
        if (sql.startsWith('create table usage_person')) throw new Error('disk full')
        return sqlite.exec(sql)
      },
    }
    await expect(buildModels(failing)).rejects.toThrow('disk full')
    expect(await rowsOf(sqlite, 'usage_person')).toEqual(first)
    store.close()
  })
})

async function rowsOf(executor: Executor, model: string) {
  return sorted(await executor.all(`select * from ${model}`))
}

function broken(results: Awaited<ReturnType<typeof runChecks>>) {
  return results.filter(({ rows }) => rows.length > 0)
}
