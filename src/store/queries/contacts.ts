import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/** Contacts of one kind in a service. Nulls: not recorded. */
export interface ContactCount {
  service_code: string
  attendance: string
  mode: string | null
  staff_role: string | null
  staff_band: string | null
  n_contacts: number
  /** People seen in these contacts, each once. */
  n_people: number
  /** Of the contacts whose length was recorded; null where none was. */
  total_minutes: number | null
  n_with_minutes: number
}

export function readContactCounts(kysely: Kysely<Database>): Promise<ContactCount[]> {
  return kysely
    .selectFrom('int_contacts_placed')
    .select(({ fn }) => [
      'service_code',
      'attendance',
      'mode',
      'staff_role',
      'staff_band',
      fn.countAll<number>().as('n_contacts'),
      fn.count<number>('person_key').distinct().as('n_people'),
      fn.sum<number | null>('duration_minutes').as('total_minutes'),
      fn.count<number>('duration_minutes').as('n_with_minutes'),
    ])
    .groupBy(['service_code', 'attendance', 'mode', 'staff_role', 'staff_band'])
    .orderBy('service_code')
    .orderBy('attendance')
    .orderBy('mode', (order) => order.asc().nullsLast())
    .orderBy('staff_role', (order) => order.asc().nullsLast())
    .orderBy('staff_band', (order) => order.asc().nullsLast())
    .execute()
}
