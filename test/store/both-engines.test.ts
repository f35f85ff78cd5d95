import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Executor, sqliteExecutor } from '../../src/store/executor.ts'
import { readChecks, readModels } from '../../src/store/models.ts'
import type { Store } from '../../src/store/open.ts'
import { buildModels, runChecks } from '../../src/store/run-models.ts'
import { fixtureStore } from './fixture-store.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import { openWorld } from './world.ts'
import { worlds } from './worlds.ts'

describe('one SQL text, two engines', () => {
  let postgres: Postgres
  beforeAll(async () => {
    postgres = await openPostgres()
  })
  afterAll(() => postgres.close())

  /** Builds the models of a store again on PostgreSQL and compares them row by row; the names of those that have rows. */
  async function agree(store: Store): Promise<string[]> {
    const sqlite = sqliteExecutor(store.sqlite)
    await postgres.fillFrom(store)
    await buildModels(postgres.executor)
    const filled: string[] = []
    for (const { name } of readModels()) {
      const expected = inOrder(linesOf(store, name))
      const found = inOrder(await postgres.linesOf(name))
      expect([name, found.length]).toEqual([name, expected.length])
      // the first row that differs: not the whole of a large model
      const differs = expected.findIndex((line, nth) => line !== found[nth])
      expect([name, found[differs]]).toEqual([name, expected[differs]])
      if (expected.length > 1) filled.push(name)
    }
    expect(broken(await runChecks(sqlite))).toEqual([])
    expect(broken(await runChecks(postgres.executor))).toEqual([])
    return filled
  }

  it('every model gives the same rows on SQLite and on PostgreSQL, and every check passes on both', async () => {
    const filled = new Set<string>()
    for (const world of fc.sample(worlds(), { seed: 20_260_331, numRuns: 6 })) {
      const store = openWorld(world)
      await buildModels(sqliteExecutor(store.sqlite))
      for (const name of await agree(store)) filled.add(name)
      store.close()
    }
    expect(readModels().flatMap(({ name }) => (filled.has(name) ? [] : [name]))).toEqual([])
    expect(readChecks().length).toBeGreaterThan(30)
  })

  it('and so it does over the bundled exports of eight areas', async () => {
    const store = await fixtureStore()
    await agree(store)
    store.close()
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

/** A model's rows as PostgreSQL writes them out. 5 and 5.0 are the same number, and the same line. */
function linesOf({ sqlite }: Store, model: string): string[] {
  const select = sqlite.prepare<[], (string | number | null)[]>(`select * from ${model}`)
  const names = select.columns().map(({ name }) => name)
  const cells = (row: (string | number | null)[]) =>
    row.map((value) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`)).join(',')
  return [names.join(','), ...select.raw().all().map(cells)]
}

/** Neither engine promises an order; the heading stays first. */
function inOrder([heading = '', ...lines]: string[]): string[] {
  return [heading, ...lines.sort()]
}

function broken(results: Awaited<ReturnType<typeof runChecks>>) {
  return results.filter(({ rows }) => rows.length > 0)
}
