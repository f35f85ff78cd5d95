import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** A person who has a record in a service, or in an extract of one kind of service use. */
export interface PersonInSource {
  person_key: number
  source: string
  is_service: 0 | 1
}

/** A local identifier that nothing ties to an NHS number or to another organisation's identifier. */
export interface UnlinkedIdentity {
  identity_key: number
  pseudonym: string
  /** 1: it came with two NHS numbers, and so was joined to neither. */
  is_in_conflict: 0 | 1
}

/** One row per person and source. Records that name nobody but by a referral or contact add nothing here. */
export async function readPeopleOfSources(kysely: Kysely<Database>): Promise<PersonInSource[]> {
  const { rows } = await sql<PersonInSource>`
    with records as (
      select nhs_identity_key, local_identity_key, service_code as source, 1 as is_service from referral_record
      union
      select nhs_identity_key, local_identity_key, service_code, 1 from contact_record
      union
      select nhs_identity_key, local_identity_key, service_code, 1 from assessment_record
      union
      select nhs_identity_key, local_identity_key, event_type, 0 from service_event
    )
    select distinct int_identities_linked.person_key, records.source, records.is_service
    from records
    join int_identities_linked
      on int_identities_linked.identity_key = coalesce(records.nhs_identity_key, records.local_identity_key)
    order by records.is_service desc, records.source, int_identities_linked.person_key`.execute(kysely)
  return rows
}

export async function readUnlinkedIdentities(kysely: Kysely<Database>): Promise<UnlinkedIdentity[]> {
  const { rows } = await sql<UnlinkedIdentity>`
    select
      identity.identity_key,
      identity.pseudonym,
      case when int_identity_conflicts.local_identity_key is null then 0 else 1 end as is_in_conflict
    from identity
    join int_identities_linked on int_identities_linked.identity_key = identity.identity_key
    left join int_identity_conflicts on int_identity_conflicts.local_identity_key = identity.identity_key
    where identity.kind = 'local_id'
      and int_identities_linked.person_key = identity.identity_key
      and not exists (
        select 1 from int_identities_linked as other
        where other.person_key = identity.identity_key and other.identity_key <> identity.identity_key)
    order by identity.identity_key`.execute(kysely)
  return rows
}
