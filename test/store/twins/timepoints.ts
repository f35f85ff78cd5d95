import { addMonths, dateOfDay, dayNumber } from '../../../src/domain/iso-date.ts'
import type {
  EpisodeRow,
  FollowUpRow,
  FollowUpStatus,
  OutcomeFlowRow,
  OutcomeTimepointRow,
  PairOwnRow,
} from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { type CareStory, namedReferral, personOfScore, tellCareStory } from './episodes.ts'
import { episodeOfScore, pairsOwnSlowly } from './pairs.ts'
import { lastStated } from './people.ts'
import { scoresSetAsideSlowly } from './quality.ts'

type Score = World['assessment_score'][number]
type Settings = World['settings'][number]

/** Time points, follow-ups and flow, each score and each episode by itself. */
export function timepointsSlowly(world: World): Record<string, object[]> {
  const story = tellCareStory(world)
  const pairs = pairsOwnSlowly(world)
  const points = outcomeTimepoints(world, story, pairs)
  return {
    outcome_timepoints: points,
    follow_ups: followUps(world, story, pairs, points),
    outcome_flow: outcomeFlow(world, story, pairs, points),
  }
}

function outcomeTimepoints(world: World, story: CareStory, pairs: readonly PairOwnRow[]): OutcomeTimepointRow[] {
  const aside = new Set(scoresSetAsideSlowly(world).map((it) => `${it.assessment_id} ${it.scale_id}`))
  const rows = world.assessment_score.flatMap((score): OutcomeTimepointRow[] => {
    if (score.score_status !== 'scored' || score.score === null) return []
    if (aside.has(`${score.assessment_id} ${score.scale_id}`)) return []
    const episode = episodeTold(score, world, story)
    if (episode === null) return []
    const entry = pairs.find((it) => it.episode_id === episode.episode_id && isSameScale(it, score)) ?? null
    const { assessment_id, measure_id, scale_id, assessed_date, assessed_day } = score
    return [
      {
        episode_id: episode.episode_id,
        person_key: episode.person_key,
        service_code: episode.service_code,
        ...{ measure_id, scale_id, assessment_id, assessed_date, assessed_day },
        score: score.score,
        ...placeOf(score, episode, entry, world),
        days_from_entry: entry === null ? null : assessed_day - entry.pre_day,
      },
    ]
  })
  for (const row of rows) takeSecondPlace(row, rows)
  return rows
}

function episodeTold(score: Score, world: World, story: CareStory): EpisodeRow | null {
  const id = episodeOfScore(score, world, story)
  if (id !== null) return story.episodes.find((it) => it.episode_id === id) ?? null
  if (namedReferral(score, story.referrals) !== undefined) return null
  const person = personOfScore(score, story.referrals, story.people)
  const ended = story.episodes.filter(
    (it) =>
      it.person_key === person &&
      it.service_code === score.service_code &&
      it.end_day !== null &&
      it.end_day < score.assessed_day,
  )
  ended.sort((a, b) => Number(a.end_day) - Number(b.end_day) || a.episode_id - b.episode_id)
  return ended.at(-1) ?? null
}

type Place = Pick<OutcomeTimepointRow, 'timepoint' | 'follow_up_months' | 'days_from_target'>
const NO_POINT = { follow_up_months: null, days_from_target: null }

function placeOf(score: Score, { end_day }: EpisodeRow, entry: PairOwnRow | null, world: World): Place {
  const settings = world.settings[0] as Settings
  if (entry?.pre_assessment_id === score.assessment_id) return { timepoint: 'entry', ...NO_POINT }
  if (entry === null || score.assessed_day < entry.pre_day) return { timepoint: 'no_entry', ...NO_POINT }
  const basis = world.assessment_score.find(
    (it) => it.assessment_id === entry.pre_assessment_id && it.scale_id === score.scale_id,
  )?.basis
  if (basis !== score.basis) return { timepoint: 'other_basis', ...NO_POINT }
  if (end_day === null) return { timepoint: 'review', ...NO_POINT }
  if (score.assessed_day > end_day + settings.assessment_days_after_end) return nearestPoint(score, end_day, world)
  const isNear = score.assessed_day >= end_day - settings.end_score_days
  const isFarFromEntry = score.assessed_day - entry.pre_day >= settings.min_pair_days
  return { timepoint: isNear && isFarFromEntry ? 'end' : 'review', ...NO_POINT }
}

function nearestPoint(score: Score, end_day: number, world: World): Place {
  const near = world.follow_up_point
    .map(({ follow_up_months, tolerance_days }) => ({
      follow_up_months,
      tolerance_days,
      days_from_target: score.assessed_day - targetDay(end_day, follow_up_months),
    }))
    .filter((it) => Math.abs(it.days_from_target) <= it.tolerance_days)
    .sort(
      (a, b) => Math.abs(a.days_from_target) - Math.abs(b.days_from_target) || a.follow_up_months - b.follow_up_months,
    )
  const [first] = near
  if (first === undefined) return { timepoint: 'out_of_window', ...NO_POINT }
  return {
    timepoint: 'follow_up',
    follow_up_months: first.follow_up_months,
    days_from_target: first.days_from_target,
  }
}

/** Of several ends the last stays; of several follow-ups of one point the nearest. */
function takeSecondPlace(row: OutcomeTimepointRow, rows: readonly OutcomeTimepointRow[]): void {
  const others = rows.filter(
    (it) =>
      it !== row &&
      it.episode_id === row.episode_id &&
      isSameScale(it, row) &&
      it.timepoint === row.timepoint &&
      it.follow_up_months === row.follow_up_months,
  )
  const isBeaten = (far: (it: OutcomeTimepointRow) => readonly number[]) => others.some((it) => less(far(it), far(row)))
  if (row.timepoint === 'end' && isBeaten((it) => [-it.assessed_day, -it.assessment_id])) row.timepoint = 'review'
  const distance = (it: OutcomeTimepointRow) => [
    Math.abs(Number(it.days_from_target)),
    it.assessed_day,
    it.assessment_id,
  ]
  if (row.timepoint === 'follow_up' && isBeaten(distance)) row.timepoint = 'spare'
}

function less(a: readonly number[], b: readonly number[]): boolean {
  const nth = a.findIndex((value, i) => value !== b[i])
  return nth >= 0 && (a[nth] as number) < (b[nth] as number)
}

function followUps(
  world: World,
  story: CareStory,
  pairs: readonly PairOwnRow[],
  points: readonly OutcomeTimepointRow[],
): FollowUpRow[] {
  return pairs.flatMap((pair) => {
    const episode = story.episodes.find((it) => it.episode_id === pair.episode_id) as EpisodeRow
    const end_day = episode.end_day
    if (end_day === null) return []
    const own = points.filter((it) => it.episode_id === pair.episode_id && isSameScale(it, pair))
    return world.follow_up_point.map(({ follow_up_months, tolerance_days }): FollowUpRow => {
      const target_day = targetDay(end_day, follow_up_months)
      const scored = own.find((it) => it.timepoint === 'follow_up' && it.follow_up_months === follow_up_months) ?? null
      return {
        episode_id: pair.episode_id,
        person_key: pair.person_key,
        service_code: pair.service_code,
        team: episode.team,
        measure_id: pair.measure_id,
        scale_id: pair.scale_id,
        follow_up_months,
        target_day,
        entry_score: pair.pre_score,
        end_score: own.find((it) => it.timepoint === 'end')?.score ?? null,
        follow_up_score: scored?.score ?? null,
        follow_up_date: scored?.assessed_date ?? null,
        days_from_target: scored?.days_from_target ?? null,
        status: scored !== null ? 'scored' : unscored(target_day + tolerance_days, episode, world, story),
      }
    })
  })
}

function unscored(last_day: number, episode: EpisodeRow, world: World, story: CareStory): FollowUpStatus {
  const { person_key, service_code, end_day } = episode
  const stated = (name: 'death_day' | 'moved_day') => lastStated(name, person_key, world, story.people)
  const [death, moved] = [stated('death_day'), stated('moved_day')]
  if (death !== null && death <= last_day) return 'died'
  if (moved !== null && moved <= last_day) return 'moved'
  const isBack = story.episodes.some(
    (it) =>
      it.person_key === person_key &&
      it.service_code === service_code &&
      it.start_day > Number(end_day) &&
      it.start_day <= last_day,
  )
  if (isBack) return 'in_care_again'
  return last_day > (world.settings[0] as Settings).data_end_day ? 'not_due' : 'missing'
}

function outcomeFlow(
  world: World,
  story: CareStory,
  pairs: readonly PairOwnRow[],
  points: readonly OutcomeTimepointRow[],
): OutcomeFlowRow[] {
  const flow = new Map<string, OutcomeFlowRow>()
  for (const it of eligible(world, story, pairs)) {
    const { episode, measure_id, scale_id } = it
    const { service_code, team } = episode
    const key = JSON.stringify([service_code, measure_id, scale_id, team])
    const row = flow.get(key) ?? {
      ...{ service_code, measure_id, scale_id, team },
      ...{ n_eligible: 0, n_entry: 0, n_later: 0, n_ended: 0, n_end: 0 },
    }
    const own = points.filter((point) => point.episode_id === episode.episode_id && isSameScale(point, it))
    row.n_eligible += 1
    row.n_entry += it.has_entry ? 1 : 0
    row.n_later += own.some(({ timepoint }) => timepoint === 'review' || timepoint === 'end') ? 1 : 0
    row.n_ended += it.has_entry && episode.end_day !== null ? 1 : 0
    row.n_end += own.some(({ timepoint }) => timepoint === 'end') ? 1 : 0
    flow.set(key, row)
  }
  return [...flow.values()]
}

function eligible(world: World, story: CareStory, pairs: readonly PairOwnRow[]) {
  const settings = world.settings[0] as Settings
  const scales = new Map(
    world.assessment_score
      .filter((it) => it.score_status === 'scored')
      .map(({ service_code, measure_id, scale_id }) => [
        `${service_code} ${measure_id} ${scale_id}`,
        { service_code, measure_id, scale_id },
      ]),
  )
  return [...scales.values()].flatMap(({ service_code, measure_id, scale_id }) =>
    story.episodes
      .filter((episode) => episode.service_code === service_code)
      .flatMap((episode) => {
        const has_entry = hasEntry(episode, { measure_id, scale_id }, world, story, pairs)
        const start = startDay(service_code, measure_id, world) - settings.assessment_days_before_start
        return has_entry || episode.start_day >= start ? [{ episode, measure_id, scale_id, has_entry }] : []
      }),
  )
}

interface Scale {
  readonly measure_id: string
  readonly scale_id: string
}

/** A score, or an answer that is a category. */
function hasEntry(
  { episode_id }: EpisodeRow,
  scale: Scale,
  world: World,
  story: CareStory,
  pairs: readonly PairOwnRow[],
): boolean {
  if (pairs.some((it) => it.episode_id === episode_id && isSameScale(it, scale))) return true
  const aside = new Set(scoresSetAsideSlowly(world).map((it) => `${it.assessment_id} ${it.scale_id}`))
  return world.assessment_score.some(
    (it) =>
      isSameScale(it, scale) &&
      it.score_status === 'scored' &&
      it.score === null &&
      it.category !== null &&
      !aside.has(`${it.assessment_id} ${it.scale_id}`) &&
      episodeOfScore(it, world, story) === episode_id,
  )
}

function startDay(service_code: string, measure_id: string, world: World): number {
  const declared = world.measure_start.find((it) => it.service_code === service_code && it.measure_id === measure_id)
  const forms = world.assessment_score.filter((it) => it.service_code === service_code && it.measure_id === measure_id)
  const scored = forms.filter((it) => it.score_status === 'scored')
  return declared?.start_day ?? Math.min(...(scored.length > 0 ? scored : forms).map((it) => it.assessed_day))
}

function targetDay(end_day: number, months: number): number {
  return dayNumber(addMonths(dateOfDay(end_day), months))
}

function isSameScale(a: Scale, b: Scale): boolean {
  return a.measure_id === b.measure_id && a.scale_id === b.scale_id
}
