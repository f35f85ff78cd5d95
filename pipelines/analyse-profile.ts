import type { ServiceName } from '../reports/analysis.ts'
import type { Middle, PairProfile, ServiceProfile } from '../reports/service-profile.ts'
import { median } from '../src/stats/describe.ts'
import type { PairOwnRow } from '../src/store/mart-types.ts'
import { ofService } from './analyse-quality.ts'
import type { Marts } from './read-marts.ts'

/** Who came, how much they got, and how long it took. */
export function analyseProfile(service: ServiceName, marts: Marts): ServiceProfile {
  const episodes = ofService(service, marts)(marts.episodes)
  const ended = episodes.filter((it) => it.end_day !== null)
  const hasContacts = ofService(service, marts)(marts.contacts).length > 0
  return {
    age_at_start: middle(episodes.map((it) => it.age_at_start)),
    days_to_first_contact: middle(
      episodes.map(({ referral_day, first_contact_day }) =>
        referral_day === null || first_contact_day === null ? null : first_contact_day - referral_day,
      ),
    ),
    attended_contacts: hasContacts ? middle(ended.map((it) => it.n_attended_contacts)) : null,
    pairs: pairsOf(service, marts).map(pairProfile),
  }
}

function pairsOf({ code }: ServiceName, { own }: Marts): (readonly PairOwnRow[])[] {
  return [...own.values()].filter(([row]) => row?.service_code === code)
}

function pairProfile(rows: readonly PairOwnRow[]): PairProfile {
  const [{ measure_id, scale_id } = { measure_id: '', scale_id: '' }] = rows
  return {
    measure_id,
    scale_id,
    pre_score: middle(rows.map((row) => row.pre_score)),
    days_between: middle(rows.map(({ pre_day, post_day }) => (post_day === null ? null : post_day - pre_day))),
  }
}

function middle(values: readonly (number | null)[]): Middle {
  const known = values.filter((value) => value !== null)
  return { n: known.length, median: median(known) }
}
