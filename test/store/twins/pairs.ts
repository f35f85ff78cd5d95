import type { NotCountedReason, PairNationalRow, PairOwnRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import {
  ageOn,
  type CareStory,
  currentContacts,
  namedReferral,
  personOfScore,
  type Referral,
  tellCareStory,
} from './episodes.ts'
import { isCarer, lastStated } from './people.ts'
import { scoresSetAsideSlowly } from './quality.ts'

type Score = World['assessment_score'][number]

export function pairsOwnSlowly(world: World): PairOwnRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const story = tellCareStory(world)
  const pairs: PairOwnRow[] = []
  const aside = new Set(scoresSetAsideSlowly(world).map((it) => `${it.assessment_id} ${it.scale_id}`))
  for (const episode of story.episodes) {
    const own = world.assessment_score.filter(
      (score) =>
        score.score_status === 'scored' &&
        score.score !== null &&
        !aside.has(`${score.assessment_id} ${score.scale_id}`) &&
        episodeOfScore(score, world, story) === episode.episode_id,
    )
    for (const scores of byScale(own)) {
      const first = scores[0] as Score
      const alike = scores.filter((score) => score.basis === first.basis)
      const last = alike.at(-1) as Score
      const isPair = alike.length > 1 && last.assessed_day - first.assessed_day >= settings.min_pair_days
      pairs.push({
        episode_id: episode.episode_id,
        person_key: episode.person_key,
        service_code: episode.service_code,
        measure_id: first.measure_id,
        scale_id: first.scale_id,
        n_scores: scores.length,
        n_other_basis: scores.length - alike.length,
        pre_assessment_id: first.assessment_id,
        pre_score: first.score as number,
        pre_date: first.assessed_date,
        pre_day: first.assessed_day,
        post_assessment_id: isPair ? last.assessment_id : null,
        post_score: isPair ? last.score : null,
        post_date: isPair ? last.assessed_date : null,
        post_day: isPair ? last.assessed_day : null,
      })
    }
  }
  return pairs
}

export function episodeOfScore(score: Score, world: World, story: CareStory): number | null {
  const settings = world.settings[0] as World['settings'][number]
  const person_key = personOfScore(score, story.referrals, story.people)
  const named = namedReferral(score, story.referrals)
  if (named !== undefined) {
    if (named.person_key !== person_key) return null
    return story.episodeOfReferral.get(named.referral_record_id) ?? null
  }
  let chosen: (typeof story.episodes)[number] | null = null
  for (const episode of story.episodes) {
    if (episode.person_key !== person_key || episode.service_code !== score.service_code) continue
    if (score.assessed_day < episode.start_day - settings.assessment_days_before_start) continue
    if (score.assessed_day > (episode.end_day ?? settings.data_end_day) + settings.assessment_days_after_end) continue
    if (chosen === null || episode.start_day > chosen.start_day) chosen = episode
    else if (episode.start_day === chosen.start_day && episode.episode_id > chosen.episode_id) chosen = episode
  }
  return chosen?.episode_id ?? null
}

export function pairsNationalSlowly(world: World): PairNationalRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const isParity = settings.is_national_parity === 1
  const story = tellCareStory(world)
  const pairs: PairNationalRow[] = []
  for (const referral of story.referrals) {
    if (referral.person_key === null || isCarer(referral.person_key, world, story.people)) continue
    const own = world.assessment_score.filter(
      (score) => isCountedScore(score, world) && referralOfScore(score, world, story) === referral.referral_record_id,
    )
    for (const all of byScale(own)) {
      const places = withoutCopies(all).filter((score) => isParity || score.score_status === 'scored')
      const first = places[0]
      if (first === undefined) continue
      const pre_score = countedScore(first, isParity)
      let follow: Score | null = null
      for (const score of places.slice(1)) {
        if (pre_score === null || countedScore(score, isParity) === null) continue
        if (!isParity && score.assessed_day === first.assessed_day) continue
        if (follow === null || score.assessed_day > follow.assessed_day) follow = score
      }
      const reason = notCounted(referral, world, story)
      pairs.push({
        referral_record_id: referral.referral_record_id,
        person_key: referral.person_key,
        service_code: referral.service_code,
        measure_id: first.measure_id,
        scale_id: first.scale_id,
        is_counted: reason === null ? 1 : 0,
        not_counted_reason: reason,
        pre_score,
        pre_day: pre_score === null ? null : first.assessed_day,
        post_score: follow === null ? null : countedScore(follow, isParity),
        post_day: follow?.assessed_day ?? null,
        is_parity: isParity ? 1 : 0,
      })
    }
  }
  return pairs
}

function isCountedScore(score: Score, world: World): boolean {
  const scale = world.measure_scale.find((it) => it.measure_id === score.measure_id && it.scale_id === score.scale_id)
  if (scale === undefined || scale.national_change_points === null || score.score === null) return false
  if (score.assessed_day > (world.settings[0] as World['settings'][number]).data_end_day) return false
  return score.score_status === 'scored' || score.score_status === 'sentinel'
}

function referralOfScore(score: Score, world: World, story: CareStory): number | null {
  const person_key = personOfScore(score, story.referrals, story.people)
  const named = namedReferral(score, story.referrals)
  if (named !== undefined) return named.person_key === person_key ? named.referral_record_id : null
  return openReferral(score.service_code, person_key, score.assessed_day, world, story)
}

function openReferral(
  service: string,
  person_key: number | null,
  day: number,
  world: World,
  story: CareStory,
): number | null {
  const dataEnd = (world.settings[0] as World['settings'][number]).data_end_day
  const open = story.referrals.filter(
    (it) =>
      it.service_code === service &&
      it.person_key === person_key &&
      it.rejected_day === null &&
      it.referral_day <= day &&
      (it.discharge_day ?? dataEnd) >= day,
  )
  open.sort((a, b) => a.referral_day - b.referral_day || a.referral_record_id - b.referral_record_id)
  return open.at(-1)?.referral_record_id ?? null
}

function withoutCopies(scores: Score[]): Score[] {
  const seen = new Set<string>()
  return scores.filter((score) => {
    const key = `${score.assessed_day} ${score.score}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function countedScore(score: Score, isParity: boolean): number | null {
  if (score.score_status === 'sentinel') return null
  return isParity ? Math.floor((score.score as number) + 0.5) : score.score
}

const COMMUNITY_TEAMS = ['A05', 'A06', 'A08', 'A09', 'A12', 'A13', 'A14', 'A16']
const DIRECT = [null, 'face_to_face', 'telephone', 'talk_type', 'video']

function notCounted(referral: Referral, world: World, story: CareStory): NotCountedReason | null {
  const dataEnd = (world.settings[0] as World['settings'][number]).data_end_day
  if (referral.rejected_day !== null) return 'rejected'
  if (referral.referral_date < '2019-04-01') return 'referred_before_april_2019'
  const birthMonth = lastStated('birth_month', referral.person_key as number, world, story.people)
  const age = referral.age_at_referral ?? ageOn(referral.referral_date, birthMonth)
  if (age === null) return 'age_unknown'
  if (age < 18) return 'under_18'
  if (referral.team_type !== null && !COMMUNITY_TEAMS.includes(referral.team_type)) return 'other_team_type'
  if (referral.primary_reason === '08') return 'organic_disorder'
  if (!currentContacts(world).some((it) => isWithPerson(it) && it.service_code === referral.service_code))
    return 'contacts_not_supplied'
  const direct = currentContacts(world).filter((contact) => {
    const person_key = personOfScore(contact, story.referrals, story.people)
    const named = namedReferral(contact, story.referrals)
    const id =
      named === undefined
        ? openReferral(contact.service_code, person_key, contact.contact_day, world, story)
        : named.person_key === person_key
          ? named.referral_record_id
          : null
    if (id !== referral.referral_record_id || contact.contact_day > dataEnd) return false
    return contact.attendance === 'attended' && DIRECT.includes(contact.mode)
  })
  if (direct.length < 2) return 'under_two_direct_contacts'
  const isOpen = referral.discharge_day === null || referral.discharge_day > dataEnd
  return isOpen && dataEnd - referral.referral_day < 180 ? 'open_under_180_days' : null
}

function isWithPerson({ attendance }: { attendance: string }): boolean {
  return attendance !== 'indirect'
}

/** Scores of each measure and scale, in the order of days and then of assessments. */
function byScale(scores: readonly Score[]): Score[][] {
  const groups = new Map<string, Score[]>()
  for (const score of scores) {
    const key = `${score.measure_id} ${score.scale_id}`
    groups.set(key, [...(groups.get(key) ?? []), score])
  }
  return [...groups.values()].map((group) =>
    group.sort((a, b) => a.assessed_day - b.assessed_day || a.assessment_id - b.assessment_id),
  )
}
