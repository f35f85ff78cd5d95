import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Released } from '../../src/disclosure/released.ts'
import { tablesOf } from '../../src/report/document.ts'
import { analysisOf, reportsOf, serviceOf } from './project-room.ts'

const AUDIT = readFileSync(new URL('../../fixtures/exports/somerset/case_note_audit.xlsx', import.meta.url))
const SETTINGS = `
services: [{ code: audit, name: Case audit }]
sources: [{ files: audit.xlsx, profile: somerset-case-audit, service: audit }]
`

it('N37: an audit of a hundred cases under merged headings becomes tables in which no count is small, in under a minute', async () => {
  const started = performance.now()
  const analysis = await analysisOf(SETTINGS, { 'exports/audit.xlsx': AUDIT })
  const service = serviceOf(analysis, 'audit')
  const [file] = service.files
  expect(file?.records).toBeGreaterThanOrEqual(95)
  expect(file?.records).toBe((file?.loaded ?? 0) + (file?.duplicates ?? 0) + (file?.quarantined ?? 0))
  expect(service.n_people).toBeGreaterThan(90)
  const tables = reportsOf(analysis, 'hes-7/5').flatMap((it) => it.sections.flatMap(tablesOf))
  const counts = tables.flatMap((table) =>
    table.columns
      .filter((it) => it.kind === 'count')
      .flatMap(({ id }) => table.rows.map((row) => row[id]))
      .flatMap((cell) => (cell instanceof Released && cell.value !== null ? [cell.value] : [])),
  )
  expect(counts.length).toBeGreaterThan(20)
  expect(counts.filter((n) => n !== 0 && (n < 8 || n % 5 !== 0))).toEqual([])
  expect(performance.now() - started).toBeLessThan(60_000)
})
