import type { Marts } from './read-marts.ts'

/**
 * The marts without the episodes that had fewer attended contacts. Services that supplied no contacts keep everyone: how many
 * their people had is not known. The national rule keeps its own condition, whatever this one is.
 */
export function withMinimumContacts(marts: Marts, minimum: number): Marts {
  if (minimum === 0) return marts
  return amongEpisodes(marts, enoughContacts(marts, minimum))
}

/** The episodes that a minimum of attended contacts keeps. */
export function enoughContacts({ profiles }: Pick<Marts, 'profiles'>, minimum: number): ReadonlySet<number> {
  const kept = profiles.filter((it) => it.n_attended_contacts === null || it.n_attended_contacts >= minimum)
  return new Set(kept.map((it) => it.episode_id))
}

/** Pairs and funnels of some episodes alone. */
export function amongEpisodes(marts: Marts, episodes: ReadonlySet<number>): Marts {
  const isKept = (it: { episode_id: number }) => episodes.has(it.episode_id)
  const kept = <Row extends { episode_id: number }>(groups: ReadonlyMap<string, readonly Row[]>) =>
    new Map([...groups].map(([key, rows]) => [key, rows.filter(isKept)]))
  const funnel_episodes = kept(marts.funnel_episodes)
  const timepoints = kept(marts.timepoints)
  const known = new Map(marts.episodes.map((it) => [it.episode_id, it]))
  return {
    ...marts,
    own: kept(marts.own),
    category: marts.category.filter(isKept),
    funnel_episodes,
    timepoints,
    follow_ups: kept(marts.follow_ups),
    flow: new Map(
      [...marts.flow.keys()].map((key) => [key, flowOf(key, funnel_episodes, timepoints, marts.flow, known)]),
    ),
    funnel: marts.funnel.map((it) => {
      const rows = funnel_episodes.get(`${it.service_code} ${it.measure_id} ${it.scale_id}`) ?? []
      return {
        ...it,
        n_eligible: rows.length,
        n_baseline: rows.filter((row) => row.has_baseline === 1).length,
        n_paired: rows.filter((row) => row.has_pair === 1).length,
      }
    }),
  }
}

/** The stages of the kept episodes, as outcome_flow counts them. */
function flowOf(
  key: string,
  funnel: Marts['funnel_episodes'],
  timepoints: Marts['timepoints'],
  flow: Marts['flow'],
  known: ReadonlyMap<number, Marts['episodes'][number]>,
): Flow[] {
  const has = (...names: readonly string[]) =>
    new Set((timepoints.get(key) ?? []).filter((it) => names.includes(it.timepoint)).map((it) => it.episode_id))
  const [later, end] = [has('review', 'end'), has('end')]
  return (flow.get(key) ?? []).flatMap((stages) => {
    const own = (funnel.get(key) ?? []).filter((it) => known.get(it.episode_id)?.team === stages.team)
    const count = (isOf: (it: (typeof own)[number]) => boolean) => own.filter(isOf).length
    const isEntered = (it: (typeof own)[number]) => it.has_baseline === 1
    if (own.length === 0) return []
    return {
      ...stages,
      n_eligible: own.length,
      n_entry: count(isEntered),
      n_later: count((it) => later.has(it.episode_id)),
      n_ended: count((it) => isEntered(it) && known.get(it.episode_id)?.end_day !== null),
      n_end: count((it) => end.has(it.episode_id)),
    }
  })
}

type Flow = NonNullable<ReturnType<Marts['flow']['get']>>[number]
