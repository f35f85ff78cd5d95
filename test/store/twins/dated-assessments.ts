import type { World } from '../world.ts'
import { lastCopies, orderOf } from './people.ts'

type Loaded = World['assessment_record'][number]
type NotKept = 'activity_ref' | 'contact_ref' | 'cluster_ref' | 'help_wanted'
export type Dated = Omit<Loaded, NotKept> & { undated_reason: string | null }

/** Each standing score with the day and the person of the record that it was sent against, found by looking through them all. */
export function datedSlowly(world: World): Dated[] {
  const contacts = lastCopies(world.contact_record, (it) => it.contact_ref && `${it.service_code} ${it.contact_ref}`)
  const activities = lastCopies(world.care_activity, (it) => `${it.service_code} ${it.activity_ref}`)
  const clusters = lastCopies(world.cluster_record, (it) => `${it.service_code} ${it.cluster_ref}`)
  return latestScores(world.assessment_record).map((record) => {
    const { activity_ref, cluster_ref, service_code } = record
    const activity = activities.find((it) => it.service_code === service_code && it.activity_ref === activity_ref)
    const contact = contacts.find(
      (it) =>
        it.service_code === service_code &&
        it.contact_ref !== null &&
        it.contact_ref === (record.contact_ref ?? activity?.contact_ref),
    )
    const cluster = clusters.find((it) => it.service_code === service_code && it.cluster_ref === cluster_ref)
    const isOwn = record.nhs_identity_key !== null || record.local_identity_key !== null
    const about = isOwn ? record : cluster_ref === null ? contact : cluster
    const missing =
      record.contact_ref !== null
        ? 'no_contact'
        : activity_ref === null
          ? 'no_cluster'
          : activity === undefined
            ? 'no_care_activity'
            : 'no_contact'
    const isDated = record.assessed_day !== null || contact !== undefined || cluster !== undefined
    return {
      assessment_id: record.assessment_id,
      file_id: record.file_id,
      row_number: record.row_number,
      nhs_identity_key: about?.nhs_identity_key ?? null,
      local_identity_key: about?.local_identity_key ?? null,
      referral_ref: record.referral_ref ?? contact?.referral_ref ?? null,
      service_code,
      team: record.team,
      measure_id: record.measure_id,
      assessed_date: record.assessed_date ?? contact?.contact_date ?? cluster?.assessed_date ?? null,
      assessed_day: record.assessed_day ?? contact?.contact_day ?? cluster?.assessed_day ?? null,
      coding: record.coding,
      items: record.items,
      supplied_scale: record.supplied_scale,
      supplied_score: record.supplied_score,
      goals_set: record.goals_set,
      undated_reason: isDated ? null : missing,
    }
  })
}

/** Out goes a score of which a later submission, or where none says so a later file, has another copy. */
function latestScores(records: Loaded[]): Loaded[] {
  const keyOf = (it: Loaded): string =>
    JSON.stringify([
      it.service_code,
      it.measure_id,
      it.supplied_scale,
      it.activity_ref,
      it.contact_ref,
      it.cluster_ref,
      it.referral_ref,
      it.nhs_identity_key,
      it.local_identity_key,
      it.assessed_day,
    ])
  const hasCopies = (it: Loaded): boolean =>
    it.activity_ref !== null || it.contact_ref !== null || it.cluster_ref !== null || orderOf(it) > 0
  const isLater = (a: Loaded, b: Loaded): boolean =>
    orderOf(a) > orderOf(b) || (orderOf(a) === 0 && orderOf(b) === 0 && a.file_id > b.file_id)
  return records.filter(
    (record) => !hasCopies(record) || !records.some((it) => keyOf(it) === keyOf(record) && isLater(it, record)),
  )
}
