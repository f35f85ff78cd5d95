const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** Natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x)
}

/**
 * Poisson density at any count of 0 or more, whole or not: e^-mean mean^count / Gamma(count + 1), for mean > 0.
 * Written as Loader's saddle-point form (2000), which keeps full precision where log-gammas would cancel.
 */
export function poissonDensity(count: number, mean: number): number {
  if (count === 0) return Math.exp(-mean)
  return Math.exp(-stirlingError(count) - deviance(count, mean)) / Math.sqrt(2 * Math.PI * count)
}

/** Binomial density at a, with a + b trials, for any a, b >= 0, whole or not; x and y are the chances of a and b. */
export function binomialDensity(a: number, b: number, x: number, y: number): number {
  const n = a + b
  if (a === 0) return y < 0.5 ? y ** n : Math.exp(n * Math.log1p(-x))
  if (b === 0) return x < 0.5 ? x ** n : Math.exp(n * Math.log1p(-y))
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b))
}

/** log Gamma(x) minus Stirling's (x - 1/2) log x - x + log(2 pi)/2: about 1/(12 x). */
function stirlingError(x: number): number {
  let shift = 0
  // Each step up is exact: error(x) = error(x + 1) + (x + 1/2) log(1 + 1/x) - 1.
  for (; x < 16; x++) shift += (x + 0.5) * Math.log1p(1 / x) - 1
  const s = 1 / (x * x)
  return shift + (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / x
}

/** count log(count / mean) + mean - count, without cancellation when the two are close. */
function deviance(count: number, mean: number): number {
  const difference = count - mean
  if (Math.abs(difference) >= 0.1 * (count + mean)) return count * Math.log(count / mean) + mean - count
  const v = difference / (count + mean)
  let total = difference * v
  let term = 2 * count * v
  // |v| < 0.1, so each term is less than a hundredth of the one before: ten are plenty.
  for (let odd = 3; odd <= 21; odd += 2) {
    term *= v * v
    total += term / odd
  }
  return total
}
