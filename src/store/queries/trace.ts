import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/** A line of an export that a figure rests on. `days`: how many of its bed days are in the window; 1 where it is an event. */
export interface TracedRow {
  readonly file_name: string
  readonly sheet: string
  readonly row_number: number
  readonly days: number
}

export interface TracedUse {
  readonly service_code: string
  readonly event_type: string
  readonly period: 'before' | 'after'
}

/** Every use of a type that counts, of people with time on both sides, on one side of joining. A stay is counted on its first day. */
export function readTracedEvents(kysely: Kysely<Database>, use: TracedUse): Promise<TracedRow[]> {
  return peopleOf(kysely, use.service_code)
    .innerJoin('int_events_resolved', 'int_events_resolved.person_key', 'usage_windows.person_key')
    .innerJoin('service_event', 'service_event.event_id', 'int_events_resolved.event_id')
    .innerJoin('import_file', 'import_file.file_id', 'service_event.file_id')
    .leftJoin('int_events_merged', (join) =>
      join
        .onRef('int_events_merged.event_id', '=', 'int_events_resolved.event_id')
        .onRef('int_events_merged.service_code', '=', 'usage_windows.service_code'),
    )
    .where('int_events_merged.event_id', 'is', null)
    .where('int_events_resolved.event_type', '=', use.event_type)
    .where((eb) => {
      const day = 'int_events_resolved.start_day'
      return use.period === 'before'
        ? eb.and([
            eb(day, '>=', eb.ref('usage_windows.before_start_day')),
            eb(day, '<', eb.ref('usage_windows.index_day')),
          ])
        : eb.and([
            eb(day, '>=', eb.ref('usage_windows.index_day')),
            eb(day, '<', eb.ref('usage_windows.after_end_day')),
          ])
    })
    .select((eb) => ['import_file.file_name', 'import_file.sheet', 'service_event.row_number', eb.lit(1).as('days')])
    .orderBy('import_file.file_name')
    .orderBy('import_file.sheet')
    .orderBy('service_event.row_number')
    .execute()
}

interface Span {
  readonly from_day: number
  readonly to_day: number
  readonly start_day: number
  readonly end_day: number
}

/**
 * Stays with a night in one side’s window, each with its own bed days there; and the bed days of them all, days in two stays at once
 * counted once.
 */
export async function readTracedBedDays(
  kysely: Kysely<Database>,
  use: TracedUse,
): Promise<{ readonly rows: TracedRow[]; readonly bed_days: number }> {
  const [from, to] =
    use.period === 'before'
      ? (['usage_windows.before_start_day', 'usage_windows.index_day'] as const)
      : (['usage_windows.index_day', 'usage_windows.after_end_day'] as const)
  const stays = await peopleOf(kysely, use.service_code)
    .innerJoin('int_events_resolved', 'int_events_resolved.person_key', 'usage_windows.person_key')
    .innerJoin('service_event', 'service_event.event_id', 'int_events_resolved.event_id')
    .innerJoin('import_file', 'import_file.file_id', 'service_event.file_id')
    .innerJoin('settings', (join) => join.onTrue())
    .where('int_events_resolved.event_type', '=', use.event_type)
    .select((eb) => [
      'import_file.file_name',
      'import_file.sheet',
      'service_event.row_number',
      'int_events_resolved.start_day',
      eb.fn
        .coalesce('int_events_resolved.end_day', eb('settings.data_end_day', '+', 1))
        .$castTo<number>()
        .as('end_day'),
      eb.ref(from).as('from_day'),
      eb.ref(to).as('to_day'),
    ])
    .orderBy('import_file.file_name')
    .orderBy('import_file.sheet')
    .orderBy('service_event.row_number')
    .execute()
  const runs = await peopleOf(kysely, use.service_code)
    .innerJoin('int_stays_merged', 'int_stays_merged.person_key', 'usage_windows.person_key')
    .where('int_stays_merged.event_type', '=', use.event_type)
    .select((eb) => [
      'int_stays_merged.start_day',
      'int_stays_merged.end_day',
      eb.ref(from).as('from_day'),
      eb.ref(to).as('to_day'),
    ])
    .execute()
  return {
    rows: stays
      .map(({ file_name, sheet, row_number, ...span }) => ({ file_name, sheet, row_number, days: nights(span) }))
      .filter((row) => row.days > 0),
    bed_days: runs.reduce((total, run) => total + nights(run), 0),
  }
}

function nights({ from_day, to_day, start_day, end_day }: Span): number {
  return Math.max(0, Math.min(end_day, to_day) - Math.max(start_day, from_day))
}

/** Those whose use could be seen on both sides. */
function peopleOf(kysely: Kysely<Database>, serviceCode: string) {
  return kysely
    .selectFrom('usage_windows')
    .where('usage_windows.service_code', '=', serviceCode)
    .where('usage_windows.days_before', '>', 0)
    .where('usage_windows.days_after', '>', 0)
}

/** Years in which those people's use could be seen. */
export async function readTracedTime(kysely: Kysely<Database>, serviceCode: string) {
  const [row] = await peopleOf(kysely, serviceCode)
    .select((eb) => [
      eb.fn.coalesce(eb.fn.sum<number>('days_before'), eb.lit(0)).as('days_before'),
      eb.fn.coalesce(eb.fn.sum<number>('days_after'), eb.lit(0)).as('days_after'),
    ])
    .execute()
  return { days_before: Number(row?.days_before ?? 0), days_after: Number(row?.days_after ?? 0) }
}
