import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'

/** Which contact an activity belongs to: that is all it is read for. */
export function compileCareActivity(parts: Extract<Yield, { kind: 'care_activity' }>, columns: Columns): CompiledYield {
  const activity = columns.field(parts.activity_ref)
  const contact = columns.field(parts.contact_ref)
  const service = columns.field(parts.service)
  return (row) => {
    if (row.isBlank(activity, contact)) return null
    row.need(activity, 'activity_ref')
    row.need(contact, 'contact_ref')
    return {
      table: 'care_activity',
      values: {
        service_code: row.service(service),
        activity_ref: row.reference(activity),
        contact_ref: row.reference(contact),
      },
    }
  }
}
