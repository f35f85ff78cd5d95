/**
 * The mean that the missing must have, or less, for the mean of everyone to be no longer shown to be above 0 (a delta-adjusted pattern mixture):
 * where the missing differ from the observed by a fixed amount, the interval of everyone is that of the observed, moved by the missing
 * share of it. `lower` is the end of the observed mean's interval: where the mean itself is given for it, the point at which the mean
 * of everyone is nil. Same units as `mean`. Null where nobody is missing, nobody is observed, or `lower` is not above 0: then there is no
 * conclusion to overturn.
 */
export function tippingPoint(it: {
  mean: number
  lower: number
  n_observed: number
  n_missing: number
}): number | null {
  if (it.n_missing === 0 || it.n_observed === 0 || it.lower <= 0) return null
  return it.mean - (it.lower * (it.n_observed + it.n_missing)) / it.n_missing
}
