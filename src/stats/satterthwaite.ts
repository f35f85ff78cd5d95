import { cholesky, dot, type Matrix, solveCholesky } from './linear-algebra.ts'

/** Parameters of the covariance of a fitted model, at the least of its criterion. */
type Parameters = readonly number[]

/**
 * Satterthwaite's degrees of freedom of each coefficient: 2 variance² over the variance of the estimated variance, by the delta method from
 * the curvature of `criterion` (minus twice the log likelihood) in the parameters (Giesbrecht & Burns 1985; Fai & Cornelius 1996;
 * the numbers of lmerTest). `variances` are those of the coefficients. Null where the criterion has no bottom in some direction.
 */
export function satterthwaite(
  at: Parameters,
  criterion: (parameters: Parameters) => number,
  variances: (parameters: Parameters) => number[],
): number[] | null {
  const steps = at.map((value) => 0.04 * Math.max(Math.abs(value), 0.05))
  const moved = (...moves: (readonly [place: number, by: number])[]) => {
    const parameters = [...at]
    for (const [place, by] of moves) parameters[place]! += by * steps[place]!
    return parameters
  }
  const hessian = at.map((_, i) =>
    at.map((_, j) => {
      const value = (a: number, b: number) => criterion(moved([i, a], [j, b]))
      return extrapolated(
        (h) => (value(h, h) - value(h, -h) - value(-h, h) + value(-h, -h)) / (4 * h * h * steps[i]! * steps[j]!),
      )
    }),
  )
  const gradients = variances(at).map((_, coefficient) =>
    at.map((_, i) =>
      extrapolated(
        (h) => (variances(moved([i, h]))[coefficient]! - variances(moved([i, -h]))[coefficient]!) / (2 * h * steps[i]!),
      ),
    ),
  )
  return degreesOfFreedom(variances(at), gradients, hessian)
}

function degreesOfFreedom(variances: readonly number[], gradients: Matrix, hessian: Matrix): number[] | null {
  if (!hessian.flat().every(Number.isFinite)) return null
  const lower = cholesky(hessian)
  if (lower === null) return null
  return variances.map((variance, i) => variance ** 2 / dot(gradients[i]!, solveCholesky(lower, gradients[i]!)))
}

/** Richardson's extrapolation of a central difference to a step of nothing. */
function extrapolated(difference: (step: number) => number): number {
  const [a, b, c] = [difference(1), difference(1 / 2), difference(1 / 4)]
  return (16 * ((4 * c - b) / 3) - (4 * b - a) / 3) / 15
}
