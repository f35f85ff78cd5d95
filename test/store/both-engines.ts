import { expect } from 'vitest'
import { sqliteExecutor } from '../../src/store/executor.ts'
import { readModels } from '../../src/store/models.ts'
import type { Store } from '../../src/store/open.ts'
import { buildModels, type CheckResult, runChecks } from '../../src/store/run-models.ts'
import { csvLine, type Postgres } from './postgres.ts'

/**
 * Builds the models of a store again on PostgreSQL, compares them row by row, and runs every check on both. Gives the names of
 * the models that have rows.
 */
export async function agreeOnBothEngines(store: Store, postgres: Postgres): Promise<string[]> {
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
  expect(broken(await runChecks(sqliteExecutor(store.sqlite)))).toEqual([])
  expect(broken(await runChecks(postgres.executor))).toEqual([])
  return filled
}

/** A model's rows as PostgreSQL writes them out, its column names first. 5 and 5.0 are the same number, and the same line. */
export function linesOf({ sqlite }: Store, model: string): string[] {
  const select = sqlite.prepare<[], (string | number | null)[]>(`select * from ${model}`)
  const names = select.columns().map(({ name }) => name)
  return [names.join(','), ...select.raw().all().map(csvLine)]
}

/** Neither engine promises an order; the heading stays first. */
function inOrder([heading = '', ...lines]: string[]): string[] {
  return [heading, ...lines.sort()]
}

function broken(results: readonly CheckResult[]): CheckResult[] {
  return results.filter(({ rows }) => rows.length > 0)
}
