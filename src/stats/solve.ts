const MAX_STEPS = 400

/**
 * The root of an increasing function, to the last bit or two of a double. The bracket grows outwards from `start`,
 * doubling `step`; inside it Chandrupatla's method runs (Advances in Engineering Software 1997;28:145-149).
 */
export function rootOfIncreasing(f: (x: number) => number, start: number, step: number): number {
  const [low, high] = bracket(f, start, step)
  let [a, b, c] = [high, low, high]
  let [fa, fb, fc] = [f(high), f(low), f(high)]
  let t = 0.5
  for (let i = 0; i < MAX_STEPS; i++) {
    const x = a + t * (b - a)
    const fx = f(x)
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa]
    else [c, b, fc, fb] = [b, a, fb, fa]
    ;[a, fa] = [x, fx]
    const [best, fbest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb]
    const smallest = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a)
    if (fbest === 0 || !(smallest <= 0.5)) return best
    t = Math.min(1 - smallest, Math.max(smallest, nextFraction([a, b, c], [fa, fb, fc])))
  }
  throw new Error('no root within the step limit')
}

function bracket(f: (x: number) => number, start: number, step: number): [number, number] {
  let low = start
  let high = start
  for (let width = step, i = 0; f(low) > 0; width *= 2, i++) {
    if (i > MAX_STEPS) throw new Error('function never falls below zero')
    high = low
    low -= width
  }
  for (let width = step, i = 0; f(high) < 0; width *= 2, i++) {
    if (i > MAX_STEPS) throw new Error('function never rises above zero')
    low = high
    high += width
  }
  return [low, high]
}

/** Inverse quadratic interpolation where the three points are near enough to a line, otherwise the middle. */
function nextFraction([a, b, c]: [number, number, number], [fa, fb, fc]: [number, number, number]): number {
  const xi = (a - b) / (c - b)
  const phi = (fa - fb) / (fc - fb)
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
}
