import { mcnemarMidP, newcombePaired } from '../stats/proportion.ts'
import type { CategoryTransitions } from './change-result.ts'
import { claimsFor } from './claims.ts'

export interface CategoryPair {
  readonly pre_category: string | null
  readonly post_category: string | null
}

/**
 * First against last category among people who have both, and any diagnosis against none. `categories` gives every
 * category in the order to show; `none` is the one that is no diagnosis.
 */
export function categoryTransitions(
  rows: readonly CategoryPair[],
  categories: readonly string[],
  none: string,
): CategoryTransitions {
  const pairs = rows.flatMap(({ pre_category: pre, post_category: post }) =>
    pre === null || post === null ? [] : [{ pre: known(pre, categories), post: known(post, categories) }],
  )
  const count = (isOf: (pair: { pre: string; post: string }) => boolean) => pairs.filter(isOf).length
  const both = count(({ pre, post }) => pre !== none && post !== none)
  const lost = count(({ pre, post }) => pre !== none && post === none)
  const gained = count(({ pre, post }) => pre === none && post !== none)
  const neither = count(({ pre, post }) => pre === none && post === none)
  const claims = claimsFor(pairs.length)
  const change = claims.may_give_percentages
    ? newcombePaired({ both, pre_only: lost, post_only: gained, neither })
    : null
  return {
    n: pairs.length,
    transitions: categories.flatMap((pre) =>
      categories.map((post) => ({
        pre_category: pre,
        post_category: post,
        n: count((pair) => pair.pre === pre && pair.post === post),
      })),
    ),
    n_any_pre: both + lost,
    n_any_post: both + gained,
    n_any_both: both,
    n_lost_diagnosis: lost,
    n_gained_diagnosis: gained,
    n_none_both: neither,
    difference: change?.difference ?? null,
    difference_ci95: change === null ? null : [change.lower, change.upper],
    p: claims.may_test ? mcnemarMidP(lost, gained).p : null,
    reason: claims.may_test ? null : claims.reason,
  }
}

function known(category: string, categories: readonly string[]): string {
  if (!categories.includes(category)) throw new Error('a category pair holds a category that its scale does not have')
  return category
}
