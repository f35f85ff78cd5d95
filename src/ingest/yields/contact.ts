import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'
import { compileReference } from './own-reference.ts'

const ATTENDANCES = [
  'attended',
  'did_not_attend',
  'cancelled_by_patient',
  'cancelled_by_provider',
  'indirect',
  'unknown',
] as const
const MINUTES_IN_A_DAY = 1440

export function compileContact(parts: Extract<Yield, { kind: 'contact' }>, columns: Columns): CompiledYield {
  const ref = columns.field(parts.contact_ref)
  const reference = compileReference(parts.contact_ref, parts.contact_key, columns)
  const referral = columns.field(parts.referral_ref)
  const service = columns.field(parts.service)
  const date = columns.field(parts.contact_date)
  const attendance = columns.field(parts.attendance)
  const mode = columns.field(parts.mode)
  const role = columns.field(parts.staff_role)
  const band = columns.field(parts.staff_band)
  const duration = columns.field(parts.duration_minutes)
  return (row) => {
    if (row.isBlank(ref, date)) return null
    row.need(date, 'contact_date')
    return {
      table: 'contact_record',
      values: {
        contact_ref: reference(row),
        referral_ref: row.reference(referral) ?? row.referral_ref,
        service_code: row.service(service),
        ...dated('contact', row.date(date)),
        attendance: row.oneOf(attendance, ATTENDANCES, 'unknown'),
        mode: row.word(mode),
        staff_role: row.word(role),
        staff_band: row.word(band),
        duration_minutes: row.integer(duration, 0, MINUTES_IN_A_DAY),
      },
    }
  }
}
