import type { Analysis } from '../reports/analysis.ts'
import { readFiles } from '../src/store/queries/files.ts'
import { analyseStore } from './analyse-store.ts'
import type { AnswerOptions } from './answer.ts'
import { buildStore } from './build-store.ts'
import { DrawingThreads } from './drawing-threads.ts'
import { letSignalsThrough } from './let-signals-through.ts'
import { progressOf } from './progress.ts'
import type { Project } from './project.ts'
import type { World } from './world.ts'
import { type WrittenReports, writeReports } from './write-reports.ts'

export interface RunOutcome {
  readonly analysis: Analysis
  readonly reports: WrittenReports
  /** Over every file: records = loaded + duplicates + quarantined. */
  readonly accounts: Accounts
}

export interface Accounts {
  readonly files: number
  readonly records: number
  readonly loaded: number
  readonly duplicates: number
  readonly quarantined: number
}

/** From exports to reports. */
export async function runProject(world: World, project: Project, options: AnswerOptions): Promise<RunOutcome> {
  const store = await buildStore(world, project, options)
  // they load what they draw with while the analysis is made
  const threads = new DrawingThreads()
  try {
    await letSignalsThrough()
    const analysis = await analyseStore(store, project)
    const files = await readFiles(store.kysely)
    const total = (key: 'n_records' | 'n_loaded' | 'n_duplicates' | 'n_quarantined') =>
      files.reduce((sum, file) => sum + file[key], 0)
    return {
      analysis,
      reports: await writeReports(project, analysis, progressOf(world, options), threads),
      accounts: {
        files: files.length,
        records: total('n_records'),
        loaded: total('n_loaded'),
        duplicates: total('n_duplicates'),
        quarantined: total('n_quarantined'),
      },
    }
  } finally {
    await threads.close()
    store.close()
  }
}
