import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

/** A team that a referral was made to. */
export function compileReferralTeam(parts: Extract<Yield, { kind: 'referral_team' }>, columns: Columns): CompiledYield {
  const referral = columns.field(parts.referral_ref)
  const team = columns.field(parts.team_ref)
  const type = columns.field(parts.team_type)
  const rejected = columns.field(parts.rejected_date)
  const service = columns.field(parts.service)
  return (row) => {
    if (row.isBlank(referral, team, type)) return null
    row.need(referral, 'referral_ref')
    return {
      table: 'referral_team',
      values: {
        referral_ref: row.reference(referral),
        service_code: row.service(service),
        team_ref: row.reference(team),
        team_type: row.word(type),
        ...dated('rejected', row.date(rejected)),
      },
    }
  }
}
