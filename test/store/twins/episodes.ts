import type { EpisodeRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { isCarer, lastCopies, lastStated, linkIdentities, personOf } from './people.ts'

export type Referral = World['referral_record'][number] & { person_key: number | null }

/** Everything that the slow versions of later models start from. */
export interface CareStory {
  people: Map<number, number>
  referrals: Referral[]
  /** referral_record_id to episode_id. */
  episodeOfReferral: Map<number, number>
  episodes: EpisodeRow[]
}

export function tellCareStory(world: World): CareStory {
  const people = linkIdentities(world)
  const referrals = lastCopies(world.referral_record, (it) =>
    it.referral_ref === null ? null : `${it.service_code} ${it.referral_ref}`,
  ).map((referral) => ({
    ...referral,
    ...decidedByTeams(referral, world),
    person_key: personOf(referral, people),
  }))
  const episodeOfReferral = new Map<number, number>()
  const episodes: EpisodeRow[] = []

  for (const group of groupsOfReferrals(world, referrals, people)) {
    const first = group[0] as Referral
    for (const referral of group) episodeOfReferral.set(referral.referral_record_id, first.referral_record_id)
    episodes.push(episodeOf(group, world, people))
  }
  episodes.push(...episodesWithoutReferral(world, referrals, people))
  const story = { people, referrals, episodeOfReferral, episodes }
  for (const episode of episodes) countContacts(episode, world, story)
  return story
}

const COMMUNITY_TEAMS = ['A05', 'A06', 'A08', 'A09', 'A12', 'A13', 'A14', 'A16']

type Referred = Pick<Referral, 'service_code' | 'referral_ref'>

/** What the referral does not say, its teams may. */
function decidedByTeams(referral: World['referral_record'][number], world: World) {
  const teams = teamsOf(referral, world)
  const isTheirs = referral.rejected_day === null
  return {
    team_type: referral.team_type ?? teams.team_type,
    rejected_day: isTheirs ? teams.rejected_day : referral.rejected_day,
    rejected_date: isTheirs ? teams.rejected_date : referral.rejected_date,
  }
}

/** The best team's type (it took the referral; the community rule counts it; it has one; it sorts first), and all teams' rejection. */
export function teamsOf({ service_code, referral_ref }: Referred, world: World) {
  const teams = lastCopies(world.referral_team, (it) => `${it.service_code} ${it.referral_ref} ${it.team_ref}`)
    .filter((it) => it.service_code === service_code && it.referral_ref === referral_ref)
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  const isRejected = teams.every((it) => it.rejected_day !== null)
  const [last] = isRejected ? [...teams].sort((a, b) => Number(b.rejected_day) - Number(a.rejected_day)) : []
  return {
    team_type: teams[0]?.team_type ?? null,
    rejected_date: last?.rejected_date ?? null,
    rejected_day: last?.rejected_day ?? null,
  }
}

function rank({ team_type: type, rejected_day }: World['referral_team'][number]): string {
  return `${rejected_day === null ? 0 : 1} ${type === null ? 2 : COMMUNITY_TEAMS.includes(type) ? 0 : 1} ${type}`
}

function groupsOfReferrals(world: World, referrals: Referral[], people: Map<number, number>): Referral[][] {
  const reentryDays = (world.settings[0] as World['settings'][number]).reentry_days
  const groups: Referral[][] = []
  const usable = referrals
    .filter((it) => it.rejected_day === null && it.person_key !== null && !isCarer(it.person_key, world, people))
    .sort((a, b) => a.referral_day - b.referral_day || a.referral_record_id - b.referral_record_id)
  for (const referral of usable) {
    const group = groups.find(
      (it) =>
        it[0]?.person_key === referral.person_key &&
        it[0]?.service_code === referral.service_code &&
        it.some((other) => other.discharge_day === null || referral.referral_day - other.discharge_day <= reentryDays),
    )
    if (group === undefined) groups.push([referral])
    else group.push(referral)
  }
  return groups
}

function episodeOf(group: Referral[], world: World, people: Map<number, number>): EpisodeRow {
  const first = group[0] as Referral
  const person_key = first.person_key as number
  const byEnd = [...group].sort(
    (a, b) => (a.discharge_day ?? 1e9) - (b.discharge_day ?? 1e9) || a.referral_record_id - b.referral_record_id,
  )
  const last = byEnd.at(-1) as Referral
  const contactDays = group.flatMap((it) => (it.first_contact_day === null ? [] : [it.first_contact_day]))
  return {
    episode_id: first.referral_record_id,
    person_key,
    service_code: first.service_code,
    pathway: first.pathway,
    intervention: first.intervention,
    team: first.team,
    start_day: first.referral_day,
    start_date: first.referral_date,
    referral_day: first.referral_day,
    first_contact_day: contactDays.length === 0 ? null : Math.min(...contactDays),
    end_day: last.discharge_day,
    end_date: last.discharge_date,
    discharge_reason: last.discharge_reason,
    n_referrals: group.length,
    age_at_start:
      first.age_at_referral ?? ageOn(first.referral_date, lastStated('birth_month', person_key, world, people)),
    n_contacts: 0,
    n_attended_contacts: 0,
  }
}

export function ageOn(date: string, birthMonth: string | null): number | null {
  if (birthMonth === null) return null
  const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
  return Math.floor((months(date) - months(birthMonth)) / 12)
}

function episodesWithoutReferral(world: World, referrals: Referral[], people: Map<number, number>): EpisodeRow[] {
  const found: EpisodeRow[] = []
  const scores = [...world.assessment_score].sort(
    (a, b) => a.assessed_day - b.assessed_day || a.assessment_id - b.assessment_id,
  )
  for (const score of scores) {
    const person_key = personOfScore(score, referrals, people)
    if (person_key === null || isCarer(person_key, world, people)) continue
    const isTheirs = (it: { person_key: number | null; service_code: string }): boolean =>
      it.person_key === person_key && it.service_code === score.service_code
    if (referrals.some(isTheirs) || found.some(isTheirs)) continue
    found.push({
      episode_id: -score.assessment_id,
      person_key,
      service_code: score.service_code,
      pathway: null,
      intervention: null,
      team: score.team,
      start_day: score.assessed_day,
      start_date: score.assessed_date,
      referral_day: null,
      first_contact_day: null,
      end_day: null,
      end_date: null,
      discharge_reason: null,
      n_referrals: 0,
      age_at_start: ageOn(score.assessed_date, lastStated('birth_month', person_key, world, people)),
      n_contacts: 0,
      n_attended_contacts: 0,
    })
  }
  return found
}

export function namedReferral(
  record: { referral_ref: string | null; service_code: string },
  referrals: Referral[],
): Referral | undefined {
  if (record.referral_ref === null) return undefined
  return referrals.find((it) => it.referral_ref === record.referral_ref && it.service_code === record.service_code)
}

export function personOfScore(
  record: World['assessment_score'][number] | World['contact_record'][number],
  referrals: Referral[],
  people: Map<number, number>,
): number | null {
  return personOf(record, people) ?? namedReferral(record, referrals)?.person_key ?? null
}

function countContacts(episode: EpisodeRow, world: World, story: CareStory): void {
  const isRecorded = episode.first_contact_day !== null
  for (const contact of contactsOf(episode, world, story)) {
    episode.n_contacts++
    if (contact.attendance !== 'attended') continue
    episode.n_attended_contacts++
    if (!isRecorded) episode.first_contact_day = Math.min(episode.first_contact_day ?? 1e9, contact.contact_day)
  }
}

/** Days of the attended contacts of an episode, in order. */
export function attendedDays(episode: EpisodeRow, world: World, story: CareStory): number[] {
  return contactsOf(episode, world, story)
    .filter((it) => it.attendance === 'attended')
    .map((it) => it.contact_day)
    .sort((a, b) => a - b)
}

function contactsOf(episode: EpisodeRow, world: World, story: CareStory): World['contact_record'] {
  const dataEnd = (world.settings[0] as World['settings'][number]).data_end_day
  return currentContacts(world).filter((contact) => {
    const person_key = personOfScore(contact, story.referrals, story.people)
    const named = namedReferral(contact, story.referrals)
    const isOwn = person_key === episode.person_key && contact.service_code === episode.service_code
    const isInside =
      named === undefined
        ? isOwn && contact.contact_day >= episode.start_day && contact.contact_day <= (episode.end_day ?? dataEnd)
        : isOwn &&
          named.person_key === person_key &&
          story.episodeOfReferral.get(named.referral_record_id) === episode.episode_id
    return isInside && contact.attendance !== 'indirect'
  })
}

export function currentContacts(world: World): World['contact_record'] {
  return lastCopies(world.contact_record, (it) =>
    it.contact_ref === null ? null : `${it.service_code} ${it.contact_ref}`,
  )
}
