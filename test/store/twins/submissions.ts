import type { World } from '../world.ts'
import type { Identified } from './people.ts'

interface Placed {
  file_id: number
  row_number: number
}

/** What a record's submission says of it; null where its file says nothing. */
export interface Submitted {
  submission_order: number
  is_superseded: boolean
}

type Row = World['submission_row'][number]

/** For every record of which the file says so: when it came, against the others, and whether something came in its place. */
export function submittedSlowly(world: World): (record: Placed) => Submitted | null {
  const moments = [...new Set(world.submission_row.map(momentOf))].sort()
  return (record) => {
    const row = world.submission_row.find((it) => isOf(it, record))
    if (row === undefined) return null
    return {
      submission_order: moments.indexOf(momentOf(row)) + 1,
      is_superseded: isFileSuperseded(world, record) || world.submission_row.some(replaces(row, world)),
    }
  }
}

/** Every drawn file is read through one profile, so that the table is always the same. */
function replaces(row: Row, world: World): (other: Row) => boolean {
  return (other) =>
    !isFileSuperseded(world, other) &&
    row.period_end_day !== null &&
    row.submission_number !== null &&
    other.provider_code === row.provider_code &&
    other.period_end_day === row.period_end_day &&
    other.submission_number !== null &&
    other.submission_number > row.submission_number
}

export function isFileSuperseded(world: World, { file_id }: Pick<Placed, 'file_id'>): boolean {
  return world.import_file.some((file) => file.file_id === file_id && file.superseded_by !== null)
}

function momentOf({ period_end_day, submission_number, effective_day }: Row): string {
  return [period_end_day, submission_number, effective_day].map((it) => String(it ?? 0).padStart(9, '0')).join(' ')
}

function isOf(row: Row, record: Placed): boolean {
  return row.file_id === record.file_id && row.row_number === record.row_number
}

const SENT_TABLES = [
  'person_record',
  'referral_record',
  'referral_team',
  'contact_record',
  'care_activity',
  'cluster_record',
  'risk_rating_record',
  'assessment_record',
  'service_event',
] as const

/** The world without the records that a later submission stands in place of; each of the others with its submission_order. */
export function standingWorld(world: World): World {
  const submitted = submittedSlowly(world)
  const isStanding = (row: Placed) => !isFileSuperseded(world, row) && submitted(row)?.is_superseded !== true
  const standing = Object.fromEntries(
    SENT_TABLES.map((table) => [
      table,
      (world[table] as Placed[])
        .filter(isStanding)
        .map((row) => ({ ...row, submission_order: submitted(row)?.submission_order ?? 0 })),
    ]),
  )
  return {
    ...world,
    ...standing,
    flagged_row: world.flagged_row.filter((row) => !isFileSuperseded(world, row)),
    import_file: world.import_file.filter((file) => file.superseded_by === null),
    identity: world.identity.filter(({ identity_key }) => !isHeldBySupersededAlone(identity_key, world, isStanding)),
  }
}

/** An identifier that records hold, and none of them stands. */
function isHeldBySupersededAlone(key: number, world: World, isStanding: (row: Placed) => boolean): boolean {
  const rows = SENT_TABLES.flatMap((table) => world[table] as (Placed & Partial<Identified>)[])
  const holders = rows.filter((row) => row.nhs_identity_key === key || row.local_identity_key === key)
  return holders.length > 0 && !holders.some(isStanding)
}
