import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { derive } from '../../../pipelines/derive-store.ts'
import { parseProject } from '../../../pipelines/project.ts'
import { openStore, type Store } from '../../../src/store/open.ts'
import { bundled, type Loaded, load, pseudonymiser } from '../reading-room.ts'

const SHAPES = join(import.meta.dirname, '../../../fixtures/real-shapes')

const PROJECT = `
project: National data sets
services: [{ code: oats, name: Oats, area: Somewhere, provider: RJ8 }]
usage:
  - { service: oats, event_types: [ae_mental_health, admission_mental_health, admission_physical_health, s136, crisis_line] }
data_end: 2026-03-31
`

/** NHS numbers of the invented people, by the names that tests call them. */
const PEOPLE: Readonly<Record<string, string>> = {
  Ann: '9991000070',
  Ben: '9991000143',
  Cat: '9991000216',
  Dan: '9991000283',
}

export interface NationalStore {
  readonly store: Store
  /** By file. */
  readonly loads: ReadonlyMap<string, Loaded & { profile: string }>
  /** `file | profile | records | loaded | held back, by code` of each file. */
  account(): string
  /** The rows of a query as a drawing, one a line, columns joined by ` | `; a `person_key` is the person's name. */
  drawing(sql: string): string
}

/** A drawing as it stands in a test: leading space, runs of space and blank lines do not count. */
export function drawn(text: string): string {
  const lines = text.split('\n').map((line) => line.trim().replace(/ +/g, ' '))
  return lines.filter((line) => line !== '').join('\n')
}

/** Files of a folder, each read by the profile that the table of the shapes names, one after the other, then scored and modelled. */
export async function nationalStore(folder: string, files: readonly string[]): Promise<NationalStore> {
  const store = openStore(':memory:')
  const loads = new Map<string, Loaded & { profile: string }>()
  for (const name of files) {
    const profile = profileOf(`${folder}/${name}`)
    const loaded = await load(join(SHAPES, folder, name), bundled(profile), { store })
    loads.set(name, { ...loaded, profile })
  }
  await derive(store, { ...parseProject(PROJECT), dir: SHAPES })
  return { store, loads, account: () => account(loads), drawing: (sql) => lines(store, sql).join('\n') }
}

/** That the file's headings ask for this profile is a test of its own: profiles-fit-fixtures.test.ts. */
function profileOf(file: string): string {
  const page = readFileSync(join(SHAPES, 'README.md'), 'utf8')
  const line = page.split('\n').find((each) => each.startsWith(`| \`${file}\` |`))
  if (line === undefined) throw new Error(`${file} is not in the table of the shapes`)
  return line.split('`')[3] as string
}

function account(loads: NationalStore['loads']): string {
  return [...loads]
    .map(([name, { report, profile }]) => {
      const held = Object.entries(report.issues).map(([code, n]) => `${code} ${n}`)
      return [name, profile, report.records, report.loaded, held.join(', ') || '-'].join(' | ')
    })
    .join('\n')
}

function lines({ sqlite }: Store, sql: string): string[] {
  const names = peopleByKey({ sqlite } as Store)
  return (sqlite.prepare(sql).all() as Record<string, unknown>[]).map((row) =>
    Object.entries(row)
      .map(([column, value]) => (column === 'person_key' ? (names.get(value as number) ?? '?') : String(value ?? '-')))
      .join(' | '),
  )
}

/** A person without an NHS number in these files is called by the order of meeting: `person 3`. */
function peopleByKey({ sqlite }: Store): Map<number, string> {
  const identities = sqlite.prepare('select identity_key, pseudonym from identity').all() as {
    identity_key: number
    pseudonym: string
  }[]
  const names = new Map(
    Object.entries(PEOPLE).map(([name, number]) => [pseudonymiser.pseudonym('nhs_number', number), name]),
  )
  return new Map(identities.map((it) => [it.identity_key, names.get(it.pseudonym) ?? `person ${it.identity_key}`]))
}
