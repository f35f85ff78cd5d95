import type { PairHelpWantedRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { pairsOwnSlowly } from './pairs.ts'

export function helpWantedSlowly(world: World): PairHelpWantedRow[] {
  const form = (id: number | null) => world.assessment_record.find((it) => it.assessment_id === id)?.help_wanted ?? null
  return pairsOwnSlowly(world).flatMap((pair) => {
    const item = /^item_(\d+)$/.exec(pair.scale_id)?.[1]
    const first = form(pair.pre_assessment_id)
    if (pair.measure_id !== 'dialog' || item === undefined || first === null) return []
    const said = (help: string | null) =>
      (({ 1: 'yes', 0: 'no' }) as const)[help?.[Number(item) - 1] as '1' | '0'] ?? 'missing'
    return [
      {
        episode_id: pair.episode_id,
        person_key: pair.person_key,
        service_code: pair.service_code,
        scale_id: pair.scale_id,
        pre_help: said(first),
        post_help: pair.post_assessment_id === null ? null : said(form(pair.post_assessment_id)),
      },
    ]
  })
}
