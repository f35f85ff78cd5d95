import { addMonths, dateOfDay, dayNumber } from '../../../src/domain/iso-date.ts'
import type { UtilityScoreRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { personOfScore, tellCareStory } from './episodes.ts'
import { scoresSetAsideSlowly } from './quality.ts'
import { indexEpisodes } from './usage.ts'

/** Day by day through the window of each person: the last utility of each questionnaire read of that day. */
export function utilitiesSlowly(world: World): UtilityScoreRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const story = tellCareStory(world)
  const aside = scoresSetAsideSlowly(world)
  const utilities = world.assessment_score.filter(
    (it) =>
      ['eq-5d-5l index', 'reqol-10 utility', 'reqol-20 utility'].includes(`${it.measure_id} ${it.scale_id}`) &&
      it.score_status === 'scored' &&
      !aside.some((other) => other.assessment_id === it.assessment_id && other.scale_id === it.scale_id),
  )
  return indexEpisodes(world, story).flatMap(([episode, index]) => {
    const own = utilities.filter(
      (it) =>
        it.service_code === episode.service_code &&
        personOfScore(it, story.referrals, story.people) === episode.person_key,
    )
    const first = index - settings.assessment_days_before_start
    const end = dayNumber(addMonths(dateOfDay(index), settings.window_months))
    const rows: UtilityScoreRow[] = []
    for (let day = first; day < end; day++) {
      for (const measure_id of ['eq-5d-5l', 'reqol-10', 'reqol-20']) {
        const last = own
          .filter((it) => it.assessed_day === day && it.measure_id === measure_id)
          .toSorted((a, b) => a.assessment_id - b.assessment_id)
          .at(-1)
        if (last === undefined) continue
        rows.push({
          person_key: episode.person_key,
          service_code: episode.service_code,
          assessment_id: last.assessment_id,
          measure_id,
          scale_id: last.scale_id,
          utility: last.score as number,
          days_from_index: day - index,
        })
      }
    }
    return rows
  })
}
