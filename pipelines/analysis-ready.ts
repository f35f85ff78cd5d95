import { ethnicGroup } from '../src/domain/ethnic-group.ts'
import { smallSets } from '../src/domain/k-anonymity.ts'
import { measureById } from '../src/measures/registry.ts'
import { createRandom } from '../src/stats/random.ts'
import type { EpisodeProfileRow, PairOwnRow } from '../src/store/mart-types.ts'
import { enoughContacts } from './minimum-contacts.ts'
import type { Project } from './project.ts'
import type { Marts } from './read-marts.ts'

/** What an episode can be grouped by in an analysis-ready file; columns of it in any case. */
export const EXPORT_FACTS = [
  'neurodiversity',
  'age_band',
  'gender',
  'ethnic_group',
  'deprivation_quintile',
  'pathway',
  'intervention',
  'main_staff_role',
] as const
export type ExportFact = (typeof EXPORT_FACTS)[number]

/** Files by name, as text, and how many rows could be told apart from all others. */
export interface AnalysisReady {
  readonly files: ReadonlyMap<string, string>
  readonly n_rows: number
  readonly n_episodes: number
  /** Episodes whose facts (service, age band, gender …) nobody shares: de-identified is not anonymous. */
  readonly n_alone: number
}

const COLUMNS = ['person_id', 'pre', 'post', 'group', 'days_between', ...EXPORT_FACTS, 'n_attended_contacts'] as const

/**
 * One CSV for each service and scale, a row for each episode with a first score, ready for `outcomes analyse change`; and a data
 * dictionary. No dates, no identifiers: episodes are numbered afresh, in an order that says nothing of when anybody came.
 */
export function analysisReady(marts: Marts, project: Project, group: ExportFact | null): AnalysisReady {
  const kept = enoughContacts(marts, project.rules.min_contacts)
  const profiles = marts.profiles.filter((it) => kept.has(it.episode_id))
  const numbers = numbered(profiles, project.bootstrap.seed)
  const byEpisode = new Map(profiles.map((it) => [it.episode_id, it]))
  const files = new Map<string, string>()
  const named: ExportedScale[] = []
  let n_rows = 0
  for (const rows of [...marts.own.values()]) {
    const [first] = rows
    const mine = rows.flatMap((row) => {
      const profile = byEpisode.get(row.episode_id)
      return profile === undefined ? [] : [cellsOf(row, profile, numbers.get(row.episode_id) as string, group)]
    })
    if (first === undefined || mine.length === 0) continue
    const file = fileName(first)
    files.set(file, csvOf([COLUMNS, ...mine.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))]))
    named.push({ file, ...first })
    n_rows += mine.length
  }
  files.set('data-dictionary.csv', dictionary(named, group))
  return { files, n_rows, n_episodes: profiles.length, n_alone: alone(profiles) }
}

type ExportedScale = { readonly file: string } & Pick<PairOwnRow, 'measure_id' | 'scale_id' | 'service_code'>

function fileName({ service_code, measure_id, scale_id }: Omit<ExportedScale, 'file'>): string {
  return `${[service_code, measure_id, scale_id].join('-').replaceAll(/[^a-z0-9-]+/gi, '-')}.csv`.toLowerCase()
}

/** E0001 and so on, shuffled (Fisher and Yates) from the project's seed. */
function numbered(profiles: readonly EpisodeProfileRow[], seed: string): ReadonlyMap<number, string> {
  const random = createRandom(`${seed} analysis-ready`)
  const order = profiles.map((it) => it.episode_id)
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as number, order[last] as number]
  }
  const width = String(order.length).length
  return new Map(order.map((episode_id, at) => [episode_id, `E${String(at + 1).padStart(width, '0')}`]))
}

type Cell = string | number | null

function cellsOf(row: PairOwnRow, profile: EpisodeProfileRow, id: string, group: ExportFact | null): readonly Cell[] {
  const facts = factsOf(profile)
  return [
    id,
    row.pre_score,
    row.post_score,
    group === null ? null : facts[group],
    row.post_day === null ? null : row.post_day - row.pre_day,
    ...EXPORT_FACTS.map((fact) => facts[fact]),
    profile.n_attended_contacts,
  ]
}

function factsOf(profile: EpisodeProfileRow): Readonly<Record<ExportFact, string | null>> {
  const { deprivation_quintile: quintile } = profile
  return {
    neurodiversity: profile.neurodiversity,
    age_band: profile.age_band,
    gender: profile.gender,
    ethnic_group: ethnicGroup(profile.ethnic_category),
    deprivation_quintile: quintile === null ? null : String(quintile),
    pathway: profile.pathway,
    intervention: profile.intervention,
    main_staff_role: profile.main_staff_role,
  }
}

const MEANINGS: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  person_id: 'number of the episode in these files alone; the same in each of them; a person with two episodes has two',
  pre: 'first valid score of the episode',
  post: 'last comparable score of the episode, far enough from the first; blank: there is none',
  group: 'the fact chosen with --group; blank: none was chosen, or it was not recorded',
  days_between: 'days from the first score to the last',
  neurodiversity: 'yes, queried, no or unknown, as recorded; unknown is not no',
  age_band: 'age at the start of the episode: under_18, 18_25, 26_39, 40_64, 65_over',
  gender: 'as recorded',
  ethnic_group: 'group of the national ethnic category',
  deprivation_quintile: 'fifth of the Index of Multiple Deprivation, 1 the most deprived',
  pathway: 'as recorded at referral',
  intervention: 'arm or therapy type, as recorded at referral',
  main_staff_role: 'the staff role that mainly saw the person; no_one_role: none did',
  n_attended_contacts: 'attended contacts in the episode; blank: no contacts were supplied',
}

function dictionary(scales: readonly ExportedScale[], group: ExportFact | null): string {
  const columns = COLUMNS.map((column) => [
    'every file',
    column,
    column === 'group' && group !== null ? `${MEANINGS.group}; here: ${group}` : MEANINGS[column],
    /^(pre|post|days_between|n_attended_contacts)$/.test(column) ? 'number' : 'text',
    'blank: not recorded, or none',
    '',
  ])
  const files = scales.map(({ file, measure_id, scale_id }) => {
    const scale = measureById(measure_id)?.scales.find((it) => it.scale_id === scale_id)
    const name = scale_id === 'total' ? measure_id : `${measure_id}:${scale_id}`
    const range = scale === undefined ? '' : `${scale.min} to ${scale.max}, better: ${scale.better}`
    return [
      file,
      'pre, post',
      scale?.label ?? name,
      'number',
      range,
      `outcomes analyse change ${file} --measure ${name}`,
    ]
  })
  return csvOf([['file', 'column', 'meaning', 'type', 'values', 'how to analyse it'], ...columns, ...files])
}

/** A cell that a spreadsheet would run as a formula is written with an apostrophe before it. */
function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('')
}

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

function alone(profiles: readonly EpisodeProfileRow[]): number {
  const sets = smallSets(
    profiles.map((it) => ({ service: it.service_code, ...factsOf(it) })),
    1,
  )
  return sets.length
}
