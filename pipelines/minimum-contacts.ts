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
  return {
    ...marts,
    own: kept(marts.own),
    category: marts.category.filter(isKept),
    funnel_episodes,
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
