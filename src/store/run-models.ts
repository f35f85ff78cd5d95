import type { Executor, Row } from './executor.ts'
import { type Model, readChecks, readModels } from './models.ts'

export interface CheckResult {
  readonly check: string
  /** The rows that break the rule: none when it holds. Keys, days and counts only. */
  readonly rows: readonly Row[]
}

/**
 * Builds every model afresh in one transaction: after it all are new, or, on any error, all are as they were.
 * The settings row must be there. Index days need their month edges and months: see `fillMonthEdges` and
 * `fillCalendarMonths`.
 * `whenStaged` is called, inside the transaction, once the staging models stand: scores are worked out from them.
 */
export async function buildModels(executor: Executor, whenStaged: () => void = () => {}): Promise<void> {
  const settings = await executor.all('select settings_id from settings')
  if (settings.length !== 1) throw new Error('the settings row must be filled before the models are built')
  const models = readModels()
  await executor.exec('begin')
  try {
    for (const { name } of models) await executor.exec(`drop table if exists ${name}`)
    for (const model of models.filter(({ layer }) => layer === 'staging')) await buildModel(executor, model)
    whenStaged()
    for (const model of models.filter(({ layer }) => layer !== 'staging')) await buildModel(executor, model)
    await executor.exec('commit')
  } catch (error) {
    await executor.exec('rollback')
    throw error
  }
}

/** Runs every check of `sql/checks` over the built models. */
export async function runChecks(executor: Executor): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const { name, select } of readChecks()) results.push({ check: name, rows: await executor.all(select) })
  return results
}

async function buildModel(executor: Executor, { name, select, indexes }: Model): Promise<void> {
  await executor.exec(`create table ${name} as\n${select}`)
  for (const [nth, columns] of indexes.entries()) {
    await executor.exec(`create index ${name}_${nth + 1} on ${name} (${columns})`)
  }
}
