import type { ComparedReason, PairComparedRow, PairNationalRow, PairOwnRow } from '../../../src/store/mart-types.ts'
import type { World } from '../world.ts'
import { personOfScore, tellCareStory } from './episodes.ts'
import { pairsNationalSlowly, pairsOwnSlowly } from './pairs.ts'
import { scoresSetAsideSlowly } from './quality.ts'

type OfPerson = { person_key: number; service_code: string; measure_id: string; scale_id: string }

const keyOf = (it: OfPerson): string => `${it.service_code} ${it.measure_id} ${it.scale_id} ${it.person_key}`
const isNationalPair = (it: PairNationalRow): boolean => it.is_counted === 1 && it.post_score !== null

export function pairsComparedSlowly(world: World): PairComparedRow[] {
  const isNational = (it: OfPerson) =>
    world.measure_scale.some(
      (scale) =>
        scale.measure_id === it.measure_id && scale.scale_id === it.scale_id && scale.national_change_points !== null,
    )
  const own = pairsOwnSlowly(world).filter(isNational)
  const national = pairsNationalSlowly(world)
  const aside = peopleSetAside(world)
  const people = new Map<string, OfPerson>()
  for (const row of [...own.filter((it) => it.post_score !== null), ...national.filter(isNationalPair)]) {
    people.set(keyOf(row), row)
  }
  return [...people].map(([key, { service_code, measure_id, scale_id, person_key }]) => {
    const owns = own.filter((it) => keyOf(it) === key)
    const nationals = national.filter((it) => keyOf(it) === key)
    const ownPairs = owns.filter((it) => it.post_score !== null)
    const nationalPairs = nationals.filter(isNationalPair)
    const isBoth = ownPairs.length > 0 && nationalPairs.length > 0
    return {
      service_code,
      measure_id,
      scale_id,
      person_key,
      standing: isBoth ? 'both' : ownPairs.length > 0 ? 'own_only' : 'national_only',
      reason: isBoth
        ? isSame(ownPairs, nationalPairs)
          ? 'same_scores'
          : 'other_scores'
        : ownPairs.length > 0
          ? reasonNotNational(nationals)
          : reasonNotOwn(owns, aside.has(key)),
      n_own_pairs: ownPairs.length,
      n_national_pairs: nationalPairs.length,
    }
  })
}

function isSame(own: readonly PairOwnRow[], national: readonly PairNationalRow[]): boolean {
  const sum = (
    rows: readonly { pre_score: number | null; post_score: number | null }[],
    key: 'pre_score' | 'post_score',
  ) => rows.reduce((total, row) => total + (row[key] as number), 0)
  return (
    own.length === national.length &&
    sum(own, 'pre_score') === sum(national, 'pre_score') &&
    sum(own, 'post_score') === sum(national, 'post_score')
  )
}

function reasonNotNational(nationals: readonly PairNationalRow[]): ComparedReason {
  const newestFirst = [...nationals].sort((a, b) => b.referral_record_id - a.referral_record_id)
  const uncounted = newestFirst.find((it) => it.is_counted === 0 && it.post_score !== null)
  if (uncounted !== undefined) return uncounted.not_counted_reason as ComparedReason
  const counted = newestFirst.filter((it) => it.is_counted === 1)
  if (counted.some((it) => it.pre_score === null)) return 'first_answer_is_no_score'
  if (counted.length > 0) return 'no_later_score_in_referral'
  return newestFirst[0]?.not_counted_reason ?? 'no_referral_holds_scores'
}

function reasonNotOwn(owns: readonly PairOwnRow[], hasSetAside: boolean): ComparedReason {
  if (hasSetAside) return 'scores_set_aside'
  if (owns.length === 0) return 'outside_every_episode'
  if (owns.some((it) => it.n_other_basis > 0)) return 'counts_other_items'
  return owns.every((it) => it.n_scores === 1) ? 'one_score_in_episode' : 'scores_too_close'
}

function peopleSetAside(world: World): Set<string> {
  const story = tellCareStory(world)
  const aside = new Set(scoresSetAsideSlowly(world).map((it) => `${it.assessment_id} ${it.scale_id}`))
  return new Set(
    world.assessment_score.flatMap((score) => {
      const person_key = personOfScore(score, story.referrals, story.people)
      const isAside = person_key !== null && aside.has(`${score.assessment_id} ${score.scale_id}`)
      return isAside ? [keyOf({ ...score, person_key })] : []
    }),
  )
}
