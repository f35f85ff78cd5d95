import type { Selectable } from 'kysely'
import { dayNumber, type IsoDate, isIsoDate } from '../../src/domain/iso-date.ts'
import { type Row, sqliteExecutor } from '../../src/store/executor.ts'
import { fillCalendarDays } from '../../src/store/fill-calendar-days.ts'
import { fillCalendarMonths } from '../../src/store/fill-calendar-months.ts'
import { fillMonthEdges } from '../../src/store/fill-month-edges.ts'
import { insertRows } from '../../src/store/insert-rows.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { recordTables } from '../../src/store/record-tables.ts'
import { buildModels, runChecks } from '../../src/store/run-models.ts'
import type { StoreTables } from '../../src/store/table-types.ts'
import { table } from '../table.ts'

/** Loaded rows of a small world, whole as the store wants them. */
export type World = { [Table in WorldTable]: Selectable<StoreTables[Table]>[] }

export const WORLD_TABLES = [
  'import_file',
  'identity',
  'identity_map',
  'opt_out',
  'settings',
  'measure_scale',
  'usage_coverage',
  'submission_row',
  'person_record',
  'referral_record',
  'referral_team',
  'contact_record',
  'care_activity',
  'cluster_record',
  'risk_rating_record',
  'assessment_record',
  'assessment_score',
  'service_event',
  'import_row',
  'quarantine_row',
  'flagged_row',
  'answer_range',
  'measure_start',
  'follow_up_point',
  'confirmed_coding',
  'arm_rule',
  'overlap_rule',
  'self_referral_source',
  'team_level',
  'frequent_rule',
  'service',
] as const
export type WorldTable = (typeof WORLD_TABLES)[number]

/** What a drawing may leave out, by table. */
const DEFAULTS: { [Table in WorldTable]?: Record<string, unknown> } = {
  settings: {
    settings_id: 1,
    reentry_days: 90,
    min_pair_days: 14,
    assessment_days_before_start: 28,
    assessment_days_after_end: 28,
    end_score_days: 90,
    index_event: 'referral',
    start_contact: 2,
    window_months: 12,
    is_national_parity: 0,
    mainly_seen_by: 'most_contacts',
    two_arms: 'both',
    side_by_side_days: 7,
    transfer_days: 28,
    secondary_care_days: 90,
    data_start_day: null,
    data_end_day: dayNumber('2026-03-31' as IsoDate),
  },
  identity_map: { map_number: 1, other_kind: 'local_id' },
  opt_out: { kind: 'nhs_number', met: 'list' },
  measure_scale: { better: 'higher', min_score: 0, max_score: 40, national_change_points: null },
  usage_coverage: {},
  submission_row: {
    file_id: 1,
    provider_code: 'RJ8',
    period_end_date: null,
    submission_number: null,
    effective_date: null,
  },
  referral_team: { service_code: 'oats', team_ref: null, team_type: null, rejected_date: null },
  care_activity: { service_code: 'oats' },
  cluster_record: { service_code: 'oats' },
  risk_rating_record: { service_code: 'oats' },
  assessment_record: {
    referral_ref: null,
    activity_ref: null,
    contact_ref: null,
    cluster_ref: null,
    service_code: 'oats',
    team: null,
    measure_id: 'phq-9',
    assessed_date: null,
    coding: 'scored',
    items: null,
    supplied_scale: 'total',
    supplied_score: null,
    help_wanted: null,
    goals_set: null,
  },
  person_record: {
    person_type: 'patient',
    birth_month: null,
    gender: null,
    ethnic_category: null,
    neurodiversity: 'unknown',
    death_date: null,
    moved_date: null,
    deprivation_decile: null,
  },
  referral_record: {
    referral_ref: null,
    service_code: 'oats',
    pathway: null,
    team: null,
    team_type: null,
    intervention: null,
    referral_source: null,
    primary_reason: null,
    first_contact_date: null,
    discharge_date: null,
    discharge_reason: null,
    rejected_date: null,
    age_at_referral: 30,
  },
  contact_record: {
    contact_ref: null,
    referral_ref: null,
    service_code: 'oats',
    attendance: 'attended',
    mode: null,
    staff_role: null,
    staff_band: null,
    duration_minutes: null,
  },
  assessment_score: {
    scale_id: 'total',
    measure_id: 'reqol-10',
    referral_ref: null,
    service_code: 'oats',
    team: null,
    score: null,
    category: null,
    score_status: 'scored',
    n_answered: 10,
    n_expected: 10,
    method: 'items',
    basis: 'whole_scale',
  },
  service_event: {
    referral_ref: null,
    event_ref: null,
    part_ref: null,
    event_type: 'ae_mental_health',
    source_code: null,
    end_date: null,
    provider_code: null,
  },
}

const IDS: { [Table in WorldTable]?: string } = {
  person_record: 'person_record_id',
  referral_record: 'referral_record_id',
  referral_team: 'referral_team_id',
  contact_record: 'contact_id',
  care_activity: 'care_activity_id',
  cluster_record: 'cluster_record_id',
  risk_rating_record: 'risk_rating_id',
  assessment_record: 'assessment_id',
  assessment_score: 'assessment_id',
  service_event: 'event_id',
}

const WITHOUT_PERSON = new Set<WorldTable>(['referral_team', 'care_activity'])

/**
 * A world drawn as tables of text. Each `_date` gives its `_day`. A column `nhs` or `local` names an identifier: identity keys
 * count up in the order in which the drawings name them; a column `_pseudonym` names one as `nhs:ann` or `local:a1`. Ids count
 * up by table unless drawn.
 */
export function drawWorld(drawings: { [Table in WorldTable]?: string }): World {
  const identities: World['identity'] = []
  const identityKey = (kind: 'nhs_number' | 'local_id', name: unknown): number | null => {
    if (name === null || name === undefined) return null
    const pseudonym = `${kind === 'nhs_number' ? 'nhs' : 'local'}:${name}`
    const known = identities.find((identity) => identity.pseudonym === pseudonym)
    if (known !== undefined) return known.identity_key
    identities.push({ identity_key: identities.length + 1, kind, pseudonym })
    return identities.length
  }

  const rowsOf = (name: WorldTable): Record<string, unknown>[] =>
    table(drawings[name] ?? emptyDrawing(name)).map((drawn, nth) => {
      const { nhs, local, ...cells } = drawn
      const id = IDS[name]
      const row: Record<string, unknown> = { ...DEFAULTS[name], ...cells }
      if (id !== undefined) {
        row[id] ??= nth + 1
        row.file_id ??= 1
        row.row_number ??= nth + 2
        if (WITHOUT_PERSON.has(name)) return withDays(row)
        row.nhs_identity_key = identityKey('nhs_number', nhs)
        row.local_identity_key = identityKey('local_id', local)
      }
      return withDays(row)
    })

  const drawn = Object.fromEntries(WORLD_TABLES.map((name) => [name, rowsOf(name)])) as unknown as World
  const files = [1, 2, FILE_OF_SCORES].map((id) => ({
    ...importFile(id),
    ...drawn.import_file.find((it) => it.file_id === id),
  }))
  return completeWorld({ ...drawn, identity: identities, import_file: files })
}

/** The file of the records that drawn scores hang on: no submission supersedes it. */
export const FILE_OF_SCORES = 3

/** Adds the assessment records that scores hang on and the rows that were held back, and drops what a score table does not hold. */
export function completeWorld(world: World): World {
  const records = new Map(world.assessment_record.map((record) => [record.assessment_id, record]))
  for (const score of world.assessment_score) {
    if (records.has(score.assessment_id)) continue
    records.set(score.assessment_id, {
      assessment_id: score.assessment_id,
      file_id: FILE_OF_SCORES,
      row_number: score.assessment_id + 1,
      nhs_identity_key: score.nhs_identity_key,
      local_identity_key: score.local_identity_key,
      referral_ref: score.referral_ref,
      activity_ref: null,
      contact_ref: null,
      cluster_ref: null,
      service_code: score.service_code,
      team: score.team,
      measure_id: score.measure_id,
      assessed_date: score.assessed_date,
      assessed_day: score.assessed_day,
      coding: 'scored',
      items: (score as { items?: string | null }).items ?? null,
      supplied_scale: null,
      supplied_score: null,
      help_wanted: (score as { help_wanted?: string | null }).help_wanted ?? null,
      goals_set: null,
    })
  }
  const scores = world.assessment_score.map((score) => {
    const {
      file_id: _file,
      row_number: _row,
      items: _items,
      help_wanted: _help,
      ...rest
    } = score as typeof score & Record<string, unknown>
    return rest as typeof score
  })
  const held = new Map(world.quarantine_row.map((row) => [`${row.file_id} ${row.row_number}`, row]))
  return {
    ...world,
    import_row: [
      ...[...held.values()].map((row) => importRow(row, 'quarantined')),
      ...world.import_file.flatMap((file) => loadedRows(world, file).map((row) => importRow(row, 'loaded'))),
    ],
    import_file: world.import_file.map((file) => {
      const n = [...held.values()].filter((row) => row.file_id === file.file_id).length
      const n_loaded = loadedRows(world, file).length
      return { ...file, n_record_lines: file.n_physical_lines, n_records: n + n_loaded, n_quarantined: n, n_loaded }
    }),
    assessment_record: [...records.values()],
    assessment_score: scores,
  }
}

interface Placed {
  readonly file_id: number
  readonly row_number: number
}

/** Of a file in whose place another stands: only there do models ask which rows were loaded. */
function loadedRows(world: World, { file_id, superseded_by }: World['import_file'][number]): Placed[] {
  if (superseded_by === null) return []
  const rows = recordTables().flatMap(({ name }) => (world[name as WorldTable] ?? []) as unknown as Placed[])
  const numbers = new Set(rows.filter((row) => row.file_id === file_id).map((row) => row.row_number))
  return [...numbers].map((row_number) => ({ file_id, row_number }))
}

function importRow<Outcome extends string>({ file_id, row_number }: Placed, outcome: Outcome) {
  return { file_id, row_number, row_hash: `row ${file_id} ${row_number}`, outcome }
}

export function openWorld(world: World): Store {
  const store = openStore(':memory:')
  store.sqlite.transaction(() => {
    for (const name of WORLD_TABLES) insertRows(store.sqlite, name, world[name] as never)
  })()
  fillMonthEdges(store.sqlite)
  fillCalendarMonths(store.sqlite)
  fillCalendarDays(store.sqlite)
  return store
}

/** The rows of some models over a world, whose checks must all hold. */
export async function modelsOf(world: World, names: readonly string[]): Promise<Record<string, Row[]>> {
  const store = openWorld(world)
  try {
    const executor = sqliteExecutor(store.sqlite)
    await buildModels(executor)
    const broken = (await runChecks(executor)).filter(({ rows }) => rows.length > 0)
    if (broken.length > 0) throw new Error(`checks that do not hold: ${JSON.stringify(broken)}`)
    return Object.fromEntries(names.map((name) => [name, sorted(executor.all(`select * from ${name}`) as Row[])]))
  } finally {
    store.close()
  }
}

export async function modelOf(world: World, name: string): Promise<Row[]> {
  return (await modelsOf(world, [name]))[name] as Row[]
}

/** Rows in one order, whatever order they came in: by their columns from left to right, nulls first. */
export function sorted<Item extends object>(rows: readonly Item[]): Item[] {
  return rows
    .map((row) => ({ row, cells: Object.values(row) }))
    .sort((a, b) => compareCells(a.cells, b.cells))
    .map(({ row }) => row)
}

function compareCells(a: readonly unknown[], b: readonly unknown[]): number {
  for (let nth = 0; nth < a.length; nth++) {
    const order = compare(a[nth], b[nth])
    if (order !== 0) return order
  }
  return 0
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  return (a as string | number) < (b as string | number) ? -1 : 1
}

export function importFile(file_id: number): World['import_file'][number] {
  const counts = {
    n_bytes: 0,
    n_physical_lines: 0,
    n_heading_lines: 0,
    n_blank_lines: 0,
    n_other_lines: 0,
    n_record_lines: 0,
    n_records: 0,
    n_loaded: 0,
    n_duplicates: 0,
    n_quarantined: 0,
    records_hash: '',
  }
  return {
    file_id,
    sha256: `file ${file_id}`,
    sheet: '',
    file_name: `file-${file_id}.csv`,
    origin: '',
    profile_id: 'drawn',
    profile_sha256: '',
    key_id: '',
    service_code: null,
    date_order: null,
    period_start_date: null,
    period_start_day: null,
    period_end_date: null,
    period_end_day: null,
    period_provider_code: null,
    superseded_by: null,
    encoding: null,
    delimiter: null,
    columns_left_out: '[]',
    loaded_at: '2026-04-01T09:00:00Z',
    ...counts,
  }
}

function withDays(row: Record<string, unknown>): Record<string, unknown> {
  const days = Object.entries(row).flatMap(([name, value]) => {
    if (!name.endsWith('_date')) return []
    if (value !== null && !(typeof value === 'string' && isIsoDate(value))) throw new Error(`${name} is not a date`)
    return [[name.replace(/_date$/, '_day'), value === null ? null : dayNumber(value)]]
  })
  const { data_start_date: _start, data_end_date: _end, ...rest } = { ...row, ...Object.fromEntries(days) }
  return rest
}

/** No rows, but for the settings: there is always one. */
function emptyDrawing(name: WorldTable): string {
  return name === 'settings' ? 'settings_id\n---\n1' : 'none\n---'
}
