import type {
  EpisodeProfileRow,
  EpisodeRow,
  PairTalkingTherapiesRow,
  ScoresSideBySideRow,
} from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { type CareStory, currentContacts, namedReferral, personOfScore, tellCareStory } from './episodes.ts'
import { episodeOfScore } from './pairs.ts'
import { lastStated } from './people.ts'
import { scoresSetAsideSlowly } from './quality.ts'

export function profilesSlowly(world: World): EpisodeProfileRow[] {
  const story = tellCareStory(world)
  return story.episodes.map((episode) => {
    const fact = (name: 'gender' | 'ethnic_category' | 'deprivation_decile' | 'neurodiversity') =>
      lastStated(name, episode.person_key, world, story.people)
    const decile = fact('deprivation_decile') as number | null
    return {
      episode_id: episode.episode_id,
      person_key: episode.person_key,
      service_code: episode.service_code,
      start_date: episode.start_date,
      pathway: episode.pathway,
      intervention: episode.intervention,
      team: episode.team,
      age_band: ageBand(episode.age_at_start),
      gender: fact('gender') as string | null,
      ethnic_category: fact('ethnic_category') as string | null,
      deprivation_quintile: decile === null ? null : Math.ceil(decile / 2),
      neurodiversity: (fact('neurodiversity') ?? 'unknown') as EpisodeProfileRow['neurodiversity'],
      main_staff_role: mainRole(episode, world, story),
      n_attended_contacts: currentContacts(world).some((it) => it.service_code === episode.service_code)
        ? episode.n_attended_contacts
        : null,
    }
  })
}

function ageBand(age: number | null): EpisodeProfileRow['age_band'] {
  if (age === null) return null
  if (age < 18) return 'under_18'
  if (age < 26) return '18_25'
  if (age < 40) return '26_39'
  return age < 65 ? '40_64' : '65_over'
}

function mainRole(episode: EpisodeRow, world: World, story: CareStory): string | null {
  const settings = world.settings[0] as World['settings'][number]
  const counts = new Map<string, number>()
  for (const contact of currentContacts(world)) {
    if (contact.attendance !== 'attended' || contact.staff_role === null) continue
    if (!isOf(contact, episode, story, settings.data_end_day)) continue
    counts.set(contact.staff_role, (counts.get(contact.staff_role) ?? 0) + 1)
  }
  if (counts.size === 0) return null
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const most = Math.max(...counts.values())
  const leaders = [...counts].filter(([, n]) => n === most)
  if (leaders.length > 1) return 'no_one_role'
  if (settings.mainly_seen_by === 'over_half' && most <= total / 2) return 'no_one_role'
  return leaders[0]?.[0] ?? null
}

function isOf(
  contact: World['contact_record'][number],
  episode: EpisodeRow,
  story: CareStory,
  dataEnd: number,
): boolean {
  const person_key = personOfScore(contact, story.referrals, story.people)
  const named = namedReferral(contact, story.referrals)
  if (named !== undefined)
    return (
      named.person_key === person_key && story.episodeOfReferral.get(named.referral_record_id) === episode.episode_id
    )
  return (
    person_key === episode.person_key &&
    contact.service_code === episode.service_code &&
    contact.contact_day >= episode.start_day &&
    contact.contact_day <= (episode.end_day ?? dataEnd)
  )
}

export function talkingTherapiesSlowly(world: World): PairTalkingTherapiesRow[] {
  const dataEnd = (world.settings[0] as World['settings'][number]).data_end_day
  const usable = usableScores(world)
  const profiles = new Map(profilesSlowly(world).map((it) => [it.episode_id, it]))
  return tellCareStory(world).episodes.flatMap((episode) => {
    const ends = (measure_id: string) => {
      const scores = usable
        .filter((it) => it.episode_id === episode.episode_id && it.measure_id === measure_id && it.scale_id === 'total')
        .sort((a, b) => a.assessed_day - b.assessed_day || a.assessment_id - b.assessment_id)
      const isPair = scores.length > 1
      return { n: scores.length, first: isPair ? scores[0]?.score : null, last: isPair ? scores.at(-1)?.score : null }
    }
    const [phq, gad] = [ends('phq-9'), ends('gad-7')]
    if (phq.n + gad.n === 0) return []
    const contacts = profiles.get(episode.episode_id)?.n_attended_contacts ?? null
    const isOpen = episode.end_day === null || episode.end_day > dataEnd
    const isSeldomSeen = contacts !== null && contacts < 2
    return [
      {
        episode_id: episode.episode_id,
        person_key: episode.person_key,
        service_code: episode.service_code,
        phq_first: phq.first as number | null,
        phq_last: phq.last as number | null,
        adsm_first: gad.first as number | null,
        adsm_last: gad.last as number | null,
        not_counted_reason: isOpen
          ? 'not_ended'
          : isSeldomSeen
            ? 'under_two_contacts'
            : phq.n < 2 || gad.n < 2
              ? 'under_two_scores'
              : null,
      },
    ]
  })
}

function usableScores(world: World) {
  const story = tellCareStory(world)
  const aside = new Set(scoresSetAsideSlowly(world).map((it) => `${it.assessment_id} ${it.scale_id}`))
  return world.assessment_score.flatMap((score) => {
    const episode_id = episodeOfScore(score, world, story)
    const isUsable = score.score_status === 'scored' && !aside.has(`${score.assessment_id} ${score.scale_id}`)
    return isUsable && episode_id !== null ? [{ ...score, episode_id }] : []
  })
}

export function sideBySideSlowly(world: World): ScoresSideBySideRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const story = tellCareStory(world)
  const usable = usableScores(world)
  const pcls = usable.filter((it) => it.measure_id === 'pcl-5' && it.scale_id === 'total')
  const found: (ScoresSideBySideRow & { day: number })[] = []
  for (const itq of usable.filter((it) => it.measure_id === 'itq' && it.category !== null)) {
    const apart = (it: (typeof pcls)[number]) => Math.abs(it.assessed_day - itq.assessed_day)
    const [nearest] = pcls
      .filter((it) => it.episode_id === itq.episode_id && apart(it) <= settings.side_by_side_days)
      .sort((a, b) => apart(a) - apart(b) || a.assessed_day - b.assessed_day || a.assessment_id - b.assessment_id)
    if (nearest === undefined) continue
    found.push({
      assessment_id: itq.assessment_id,
      episode_id: itq.episode_id,
      person_key: personOfScore(itq, story.referrals, story.people) as number,
      service_code: itq.service_code,
      itq_diagnosis: itq.category as string,
      pcl_assessment_id: nearest.assessment_id,
      pcl_total: nearest.score as number,
      days_apart: nearest.assessed_day - itq.assessed_day,
      is_first: 0,
      day: itq.assessed_day,
    })
  }
  return found.map(({ day, ...row }) => {
    const isEarlier = (it: (typeof found)[number]) =>
      it.episode_id === row.episode_id && (it.day < day || (it.day === day && it.assessment_id < row.assessment_id))
    return { ...row, is_first: found.some(isEarlier) ? 0 : 1 }
  })
}
