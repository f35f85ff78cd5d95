import { analyseStore } from '../pipelines/analyse-store.ts'
import { derive } from '../pipelines/derive-store.ts'
import { DrawingThreads } from '../pipelines/drawing-threads.ts'
import { readProject } from '../pipelines/project.ts'
import { openProjectStore } from '../pipelines/project-store.ts'
import { writeReports } from '../pipelines/write-reports.ts'

/**
 * A full run from an ingested store: models and checks, analyses, reports. Prints the seconds of each part.
 * Usage: npx tsx bench/full-run.ts PROJECT
 */
const world = { cwd: process.cwd(), env: process.env } as never
const project = readProject(process.argv[2] as string)
const parts: Record<string, { wall_s: number; cpu_s: number }> = {}
const store = openProjectStore(world, project.dir)
await timed('models', () => derive(store, project))
const threads = new DrawingThreads()
const analysis = await timed('analyses', () => analyseStore(store, project))
await timed('reports', () => writeReports(project, analysis, { step: () => {}, end: () => {} } as never, threads))
await threads.close()
store.sqlite.close()
process.stdout.write(`${JSON.stringify({ ...parts, peak_mib: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`)

async function timed<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  const value = await work()
  const { user, system } = process.cpuUsage(cpu)
  parts[name] = { wall_s: (performance.now() - wall) / 1000, cpu_s: (user + system) / 1e6 }
  return value
}
