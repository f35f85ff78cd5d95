import type { IsoDate } from '../../domain/iso-date.ts'
import type { Columns, Field } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

const OLDEST_LIKELY = 110

/** A referral without a number of its own gets one from the person, the service and the date, so that copies of it meet. */
export function compileReferral(parts: Extract<Yield, { kind: 'referral' }>, columns: Columns): CompiledYield {
  const ref = columns.field(parts.referral_ref)
  const service = columns.field(parts.service)
  const pathway = columns.field(parts.pathway)
  const team = columns.field(parts.team)
  const teamType = columns.field(parts.team_type)
  const intervention = columns.field(parts.intervention)
  const source = columns.field(parts.referral_source)
  const reason = columns.field(parts.primary_reason)
  const referred = columns.field(parts.referral_date)
  const firstContact = columns.field(parts.first_contact_date)
  const discharged = columns.field(parts.discharge_date)
  const dischargeReason = columns.field(parts.discharge_reason)
  const rejected = columns.field(parts.rejected_date)
  const birth = columns.field(parts.birth_date)
  const age = columns.field(parts.age_at_referral)
  return (row) => {
    if (row.isBlank(ref, referred, firstContact, discharged, rejected)) return null
    row.need(referred, 'referral_date')
    const service_code = row.service(service)
    const referralDate = row.date(referred)
    const firstContactDate = row.date(firstContact)
    const dischargeDate = row.date(discharged)
    const rejectedDate = row.date(rejected)
    if (isBefore(dischargeDate, referralDate))
      row.fault({ code: 'discharge_before_referral', column: columnOf(discharged) })
    if (isBefore(firstContactDate, referralDate))
      row.doubt({ code: 'first_contact_before_referral', column: columnOf(firstContact) })
    if (isBefore(rejectedDate, referralDate))
      row.doubt({ code: 'rejected_before_referral', column: columnOf(rejected) })
    row.referral_ref = row.reference(ref) ?? derivedRef(row, service_code, referralDate)
    return {
      table: 'referral_record',
      values: {
        referral_ref: row.referral_ref,
        service_code,
        pathway: row.word(pathway),
        team: row.word(team),
        team_type: row.word(teamType),
        intervention: row.word(intervention),
        referral_source: row.word(source),
        primary_reason: row.word(reason),
        ...dated('referral', referralDate),
        ...dated('first_contact', firstContactDate),
        ...dated('discharge', dischargeDate),
        discharge_reason: row.word(dischargeReason),
        ...dated('rejected', rejectedDate),
        age_at_referral: row.integer(age, 0, 150) ?? ageAt(row, birth, referralDate),
      },
    }
  }
}

function derivedRef(row: RowReader, service: string, date: IsoDate | null): string | null {
  const person = (row.identity.nhs_number ?? row.identity.local_id)?.pseudonym ?? null
  if (person === null || date === null) return null
  return row.setup.pseudonymiser.pseudonym('local_id', `${row.setup.provider}:ref:${person}:${service}:${date}`)
}

function ageAt(row: RowReader, birth: Field | null, referralDate: IsoDate | null): number | null {
  const birthDate = row.date(birth)
  if (birthDate === null || referralDate === null) return null
  if (birthDate > referralDate) {
    row.fault({ code: 'birth_after_referral', column: columnOf(birth) })
    return null
  }
  const hadBirthday = referralDate.slice(5) >= birthDate.slice(5)
  const age = Number(referralDate.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (hadBirthday ? 0 : 1)
  if (age > OLDEST_LIKELY) row.doubt({ code: 'age_unlikely', column: columnOf(birth) })
  return age
}

function isBefore(date: IsoDate | null, other: IsoDate | null): boolean {
  return date !== null && other !== null && date < other
}

function columnOf(field: Field | null): string | null {
  return field?.column ?? null
}
