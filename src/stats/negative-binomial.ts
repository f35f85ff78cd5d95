/** Chance of so many events or more (a whole number) with a mean and theta of NB2: Var = mean + mean^2 / theta; theta null: Poisson. */
export function negativeBinomialAtLeast(events: number, mean: number, theta: number | null): number {
  if (events <= 0) return 1
  const none = theta === null ? Math.exp(-mean) : (1 + mean / theta) ** -theta
  let term = none
  let below = none
  for (let k = 1; k < events; k++) {
    term *= theta === null ? mean / k : ((theta + k - 1) / k) * (mean / (mean + theta))
    below += term
  }
  return Math.max(0, 1 - below)
}
