import { mean } from '../src/stats/describe.ts'
import { createRandom, type Random } from '../src/stats/random.ts'
import { draws, normal } from './coverage.ts'

/** One person's scores, lower better, and whether the last one (and the review) came. */
export interface Course {
  readonly entry: number
  readonly review: number
  readonly end: number
  readonly has_review: boolean
  readonly has_end: boolean
}

export interface Population {
  readonly name: string
  draw(random: Random): Course
}

/** Scores of 0 to 27, whole; last scores pile up near 0, and some people hardly change. */
export const BOUNDED: Population = {
  name: 'whole scores from 0 to 27, last ones skewed to 0',
  draw: (random) => {
    const entry = onScale(15 + 5 * normal(random))
    const end = onScale(entry * (0.1 + 0.9 * random() ** 1.5) + 2 * normal(random))
    const review = onScale((entry + end) / 2 + 2.5 * normal(random))
    return { entry, review, end, ...came(entry, random) }
  },
}

/** A level of each person's own, and changes that differ between people. */
export const NORMAL: Population = {
  name: 'normal scores',
  draw: (random) => {
    const level = 4 * normal(random)
    const gain = 4 + 2.5 * normal(random)
    const [entry, review, end] = [0, 0.5, 1].map((share) => 16 + level - share * gain + 3 * normal(random)) as [
      number,
      number,
      number,
    ]
    return { entry, review, end, ...came(entry, random) }
  },
}

/** Those who start worse more often have no last score: missing at random, given the first. */
function came(entry: number, random: Random): { has_review: boolean; has_end: boolean } {
  return { has_review: random() < 0.75, has_end: random() < (entry > 15 ? 0.5 : 0.8) }
}

function onScale(score: number): number {
  return Math.min(27, Math.max(0, Math.round(score)))
}

/** The mean of a figure over 100,000 people of the population. */
export function truthOf(population: Population, figure: (course: Course) => number): number {
  const random = createRandom(`truth of ${population.name}`)
  return mean(draws(100_000, () => figure(population.draw(random)))) as number
}
