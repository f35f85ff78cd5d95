/** Person by person, which of the two rules counts them with two scores; a row of the mart `pairs_compared`. */
export interface ComparedPerson {
  readonly standing: 'both' | 'own_only' | 'national_only'
  readonly reason: string
  readonly n_own_pairs: number
  readonly n_national_pairs: number
}

/**
 * The service's own rule beside the national one over the same people. People by the own rule = both + own only; by the
 * national rule = both + national only. Each reason holds every person once, so the reasons add up.
 */
export interface RuleComparison {
  readonly n_same_scores: number
  readonly n_other_scores: number
  readonly own_only: readonly ReasonCount[]
  readonly national_only: readonly ReasonCount[]
  /** Episodes and referrals with two scores: more than the people where somebody has several. */
  readonly n_own_pairs: number
  readonly n_national_pairs: number
}

export interface ReasonCount {
  readonly reason: string
  readonly n: number
}

/** Null where neither rule counts anybody. */
export function compareRules(people: readonly ComparedPerson[]): RuleComparison | null {
  if (people.length === 0) return null
  const of = (standing: ComparedPerson['standing']) => people.filter((it) => it.standing === standing)
  const same = of('both').filter((it) => it.reason === 'same_scores').length
  return {
    n_same_scores: same,
    n_other_scores: of('both').length - same,
    own_only: byReason(of('own_only')),
    national_only: byReason(of('national_only')),
    n_own_pairs: people.reduce((sum, it) => sum + it.n_own_pairs, 0),
    n_national_pairs: people.reduce((sum, it) => sum + it.n_national_pairs, 0),
  }
}

/** In the order of their names, which gives no count away. */
function byReason(people: readonly ComparedPerson[]): ReasonCount[] {
  const reasons = [...new Set(people.map((it) => it.reason))].sort()
  return reasons.map((reason) => ({ reason, n: people.filter((it) => it.reason === reason).length }))
}
