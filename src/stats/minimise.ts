import { cholesky, solveCholesky } from './linear-algebra.ts'

type Point = readonly number[]
type Objective = (point: Point) => number

/**
 * A local minimum of a smooth function of a few numbers: Nelder and Mead's simplex (1965), begun afresh where it stopped, then Newton steps
 * on central differences for the last digits. The function may be infinite where it is not defined.
 */
export function minimise(f: Objective, start: Point): number[] {
  let best = [...start]
  for (const size of [0.5, 0.1, 0.01]) best = simplex(f, best, size)
  for (let step = 0; step < 4; step++) best = newton(f, best)
  return best
}

interface Vertex {
  readonly at: number[]
  readonly value: number
}

function simplex(f: Objective, start: Point, size: number): number[] {
  const vertex = (at: number[]): Vertex => ({ at, value: f(at) })
  const corners = [vertex([...start])]
  for (let axis = 0; axis < start.length; axis++)
    corners.push(vertex(start.map((value, i) => (i === axis ? value + size : value))))
  for (let step = 0; step < 400; step++) {
    corners.sort((a, b) => a.value - b.value)
    const [first, worst] = [corners[0]!, corners.at(-1)!]
    if (Math.abs(worst.value - first.value) <= 1e-13 * (1 + Math.abs(first.value))) break
    const others = corners.slice(0, -1)
    const centre = start.map((_, i) => others.reduce((sum, it) => sum + it.at[i]!, 0) / others.length)
    const along = (share: number) => vertex(centre.map((value, i) => value + share * (worst.at[i]! - value)))
    const next = moved(along, first, others.at(-1)!, worst)
    if (next !== null) corners[corners.length - 1] = next
    else corners.splice(1, others.length, ...corners.slice(1).map((it) => vertex(halfway(it.at, first.at))))
  }
  return corners.sort((a, b) => a.value - b.value)[0]!.at
}

/** Reflected, stretched or drawn in; null where the whole simplex has to shrink. */
function moved(along: (share: number) => Vertex, first: Vertex, second: Vertex, worst: Vertex): Vertex | null {
  const reflected = along(-1)
  if (reflected.value < first.value) {
    const stretched = along(-2)
    return stretched.value < reflected.value ? stretched : reflected
  }
  if (reflected.value < second.value) return reflected
  const drawn = along(reflected.value < worst.value ? -0.5 : 0.5)
  return drawn.value < Math.min(reflected.value, worst.value) ? drawn : null
}

function halfway(a: Point, b: Point): number[] {
  return a.map((value, i) => (value + b[i]!) / 2)
}

/** One Newton step; the point itself where the step leads nowhere better. */
function newton(f: Objective, point: number[]): number[] {
  const h = point.map((value) => 1e-4 * Math.max(Math.abs(value), 0.1))
  const at = (...moves: (readonly [number, number])[]) => {
    const moved = [...point]
    for (const [axis, steps] of moves) moved[axis] = moved[axis]! + steps * h[axis]!
    return f(moved)
  }
  const here = f(point)
  const gradient = point.map((_, i) => (at([i, 1]) - at([i, -1])) / (2 * h[i]!))
  const hessian = point.map((_, i) =>
    point.map((_, j) =>
      i === j
        ? (at([i, 1]) - 2 * here + at([i, -1])) / h[i]! ** 2
        : (at([i, 1], [j, 1]) - at([i, 1], [j, -1]) - at([i, -1], [j, 1]) + at([i, -1], [j, -1])) / (4 * h[i]! * h[j]!),
    ),
  )
  if (![...gradient, ...hessian.flat()].every(Number.isFinite)) return point
  const lower = cholesky(hessian)
  if (lower === null) return point
  const step = solveCholesky(lower, gradient)
  const next = point.map((value, i) => value - step[i]!)
  return f(next) <= here + 1e-9 * (1 + Math.abs(here)) ? next : point
}
