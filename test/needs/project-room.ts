import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { analyseStore } from '../../pipelines/analyse-store.ts'
import { buildStore } from '../../pipelines/build-store.ts'
import { readProject } from '../../pipelines/project.ts'
import { composeReports } from '../../pipelines/write-reports.ts'
import type { Analysis, ServiceAnalysis } from '../../reports/analysis.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import type { PolicyId } from '../../src/disclosure/policy.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { type ReportDocument, tablesOf } from '../../src/report/document.ts'
import type { Store } from '../../src/store/open.ts'
import { ONLOOKER } from '../pipelines/cli-room.ts'

/** What the real pipeline finds in a small project: its settings as text, its exports by path. */
export function analysisOf(
  settings: string,
  exports: Readonly<Record<string, string | Uint8Array>>,
): Promise<Analysis> {
  return storedAnalysis(settings, exports, (analysis) => analysis)
}

/** The same, with the store it was found in while `look` runs. */
export async function storedAnalysis<Found>(
  settings: string,
  exports: Readonly<Record<string, string | Uint8Array>>,
  look: (analysis: Analysis, store: Store) => Found | Promise<Found>,
): Promise<Found> {
  const home = mkdtempSync(join(tmpdir(), 'outcomes-need-'))
  try {
    const put = (path: string, text: string | Uint8Array) => {
      mkdirSync(dirname(join(home, path)), { recursive: true })
      writeFileSync(join(home, path), text)
    }
    put('outcomes.yaml', settings)
    for (const [path, text] of Object.entries(exports)) put(path, text)
    const project = readProject(home)
    const world = { ...ONLOOKER, cwd: home, env: { OUTCOMES_KEY_FILE: join(home, 'the.key') } }
    const store = await buildStore(world, project, { quiet: true })
    try {
      return await look(await analyseStore(store, project), store)
    } finally {
      store.close()
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

export function serviceOf(analysis: Analysis, code: string): ServiceAnalysis {
  const found = analysis.services.find((it) => it.service.code === code)
  if (found === undefined) throw new Error(`there is no service ${code}`)
  return found
}

/** The reports of an analysis, with exact numbers unless a policy is named. */
export function reportsOf(analysis: Analysis, policy: PolicyId = 'internal'): readonly ReportDocument[] {
  return composeReports(analysis, createGate(policy))
}

/** A table of a report as text: its cells in the order of its columns. */
export function tableOf(document: ReportDocument | undefined, id: string): readonly (readonly string[])[] {
  const tables: readonly ReleasedTable[] = document?.sections.flatMap(tablesOf) ?? []
  const found = tables.find((it) => it.id === id)
  if (found === undefined) throw new Error(`there is no table ${id} among ${tables.map((it) => it.id).join(', ')}`)
  return found.rows.map((row) => found.columns.map((column) => row[column.id]?.text ?? ''))
}

/** Lines of a CSV: a heading, and one line for each of the items. */
export function csv<Item>(heading: string, items: readonly Item[], line: (item: Item, nth: number) => string): string {
  return `${[heading, ...items.map(line)].join('\n')}\n`
}

/** Everything that a profile calls free text or a name is absent from these files: they are made for the test. */
export const CARE_PROFILES = {
  'people.yaml': `
profile: people-of-the-test
title: People and referrals of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: person
    birth_date: { column: born, optional: true }
    gender: { column: gender, optional: true }
    ethnic_category: { column: ethnicity, optional: true }
    deprivation_decile: { column: decile, optional: true }
    neurodiversity: { column: neurodiverse, optional: true, codes: { Y: yes, Q: queried, N: no }, blank: unknown }
    person_type: { column: role, optional: true, codes: { Client: patient, Carer: carer }, blank: patient }
  - kind: referral
    referral_ref: { column: referral, optional: true }
    pathway: { column: pathway, optional: true }
    intervention: { column: arm, optional: true }
    referral_date: referred
    discharge_date: { column: left, optional: true }
    birth_date: { column: born, optional: true }
`,
  'contacts.yaml': `
profile: contacts-of-the-test
title: Contacts of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: contact
    contact_date: date
    attendance: { column: attended, codes: { Y: attended, N: did_not_attend } }
    staff_role: { column: role, optional: true }
    staff_band: { column: band, optional: true }
    duration_minutes: { column: minutes, optional: true }
`,
  'scores.yaml': `
profile: scores-of-the-test
title: Scores of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: score
    measure: measure
    assessed_date: date
    score: score
`,
} as const
