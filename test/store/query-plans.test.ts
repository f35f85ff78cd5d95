import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteExecutor } from '../../src/store/executor.ts'
import { readChecks, readModels } from '../../src/store/models.ts'
import type { Store } from '../../src/store/open.ts'
import { buildModels } from '../../src/store/run-models.ts'
import { drawWorld, openWorld } from './world.ts'

interface Step {
  id: number
  parent: number
  detail: string
}

/** Read through for each row of another thing at no cost: they have one row, and four at most as a rule. */
const TINY = /^SCAN (settings|choices|follow_up_point)\b/

describe('ten times the data take ten times as long, not a hundred', () => {
  let store: Store
  beforeAll(async () => {
    store = openWorld(drawWorld({}))
    await buildModels(sqliteExecutor(store.sqlite))
  })
  afterAll(() => store.close())

  it('every model and check looks up what it joins, and reads nothing through once for every row of another thing', () => {
    const nested = [...readModels(), ...readChecks()].flatMap(({ name, select }) => {
      const steps = store.sqlite.prepare<[], Step>(`explain query plan ${select}`).all()
      return readThroughAgain(steps).map((detail) => `${name}: ${detail}`)
    })
    expect(nested).toEqual([])
  })

  it('every key, and every column of an index, has a type: SQLite looks nothing up in an index on a column without one', () => {
    const untyped = readModels().flatMap(({ name, indexes }) => {
      const indexed = indexes.flatMap((columns) => columns.split(', '))
      const columns = store.sqlite.pragma(`table_info(${name})`) as { name: string; type: string }[]
      return columns
        .filter((column) => column.type === '' && (/_(key|id)$/.test(column.name) || indexed.includes(column.name)))
        .map((column) => `${name}.${column.name}`)
    })
    expect(untyped).toEqual([])
  })
})

/** Every full read but the first of those that are nested in each other, and any inside a subquery that runs for each row. */
function readThroughAgain(steps: readonly Step[]): string[] {
  const parts = new Map(steps.map((step) => [step.id, step]))
  const outermost = new Set<number>()
  return steps.flatMap((step) => {
    if (!step.detail.startsWith('SCAN ') || step.detail === 'SCAN CONSTANT ROW' || TINY.test(step.detail)) return []
    const isNested = outermost.has(step.parent) || parts.get(step.parent)?.detail.startsWith('CORRELATED') === true
    outermost.add(step.parent)
    return isNested ? [step.detail] : []
  })
}
