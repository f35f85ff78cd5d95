/** People who share every one of a list of facts by which somebody might know them. */
export interface AlikeSet<Facts> {
  readonly facts: Facts
  readonly n_people: number
}

export interface SetSize {
  /** People in a set. */
  readonly size: number
  readonly n_sets: number
  readonly n_people: number
}

/**
 * The sets of people alike in their facts that have `k` members at most, smallest first. A set of one is a person whom anyone
 * knowing the facts could point to. A fact that is not recorded is a fact like another: people without it are alike in that.
 */
export function smallSets<Facts extends Readonly<Record<string, string | null>>>(
  people: readonly Facts[],
  k: number,
): AlikeSet<Facts>[] {
  const sets = new Map<string, { facts: Facts; n_people: number }>()
  for (const facts of people) {
    const key = JSON.stringify(Object.values(facts))
    const set = sets.get(key) ?? { facts, n_people: 0 }
    sets.set(key, { ...set, n_people: set.n_people + 1 })
  }
  return [...sets.values()].filter(({ n_people }) => n_people <= k).sort((a, b) => a.n_people - b.n_people)
}

/** How many sets of each size from 1 to `k` there are, and how many people in them. */
export function countBySize(sets: readonly AlikeSet<unknown>[], k: number): SetSize[] {
  return Array.from({ length: k }, (_, at) => {
    const n_sets = sets.filter(({ n_people }) => n_people === at + 1).length
    return { size: at + 1, n_sets, n_people: n_sets * (at + 1) }
  })
}
