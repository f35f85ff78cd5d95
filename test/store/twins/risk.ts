import type { RiskTransitionRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { tellCareStory } from './episodes.ts'
import { personOf } from './people.ts'

const LEVELS = ['none', 'low', 'medium', 'high', 'very_high'] as const

export function riskSlowly(world: World): RiskTransitionRow[] {
  const settings = world.settings[0] as World['settings'][number]
  const { episodes, people } = tellCareStory(world)
  const episodeOf = (rating: World['risk_rating_record'][number]) =>
    episodes
      .filter(
        (it) =>
          it.person_key === personOf(rating, people) &&
          it.service_code === rating.service_code &&
          it.start_day - settings.assessment_days_before_start <= rating.rated_day &&
          (it.end_day ?? settings.data_end_day) + settings.assessment_days_after_end >= rating.rated_day,
      )
      .sort((a, b) => b.start_day - a.start_day || b.episode_id - a.episode_id)[0]?.episode_id
  return episodes.flatMap((episode) => {
    const inService = world.risk_rating_record.filter((it) => it.service_code === episode.service_code)
    if (inService.length === 0) return []
    const own = inService.filter((it) => episodeOf(it) === episode.episode_id)
    const first = Math.min(...inService.map((it) => it.rated_day))
    if (own.length === 0 && episode.start_day < first - settings.assessment_days_before_start) return []
    const days = [...new Set(own.map((it) => it.rated_day))].sort((a, b) => a - b)
    const highest = (day: number | undefined) =>
      LEVELS.findLast((level) => own.some((it) => it.rated_day === day && it.rating === level)) ?? 'missing'
    const [firstDay, lastDay] = [days[0], days.at(-1)]
    const isPair = days.length > 1 && (lastDay as number) - (firstDay as number) >= settings.min_pair_days
    return [
      {
        episode_id: episode.episode_id,
        person_key: episode.person_key,
        service_code: episode.service_code,
        first_rating: highest(firstDay),
        last_rating: isPair ? highest(lastDay) : 'missing',
      },
    ]
  })
}
