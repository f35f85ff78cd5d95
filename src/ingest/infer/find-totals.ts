import type { Measure, Scale } from '../../measures/measure.ts'
import type { ColumnFacts } from './column-facts.ts'
import { measuresNamed, namesAnother } from './measure-names.ts'
import type { Notebook } from './notebook.ts'
import { occasionOf } from './occasions.ts'
import { theMeasure } from './reconcile.ts'
import { listed, share } from './words.ts'

/** A column that holds a score already added up, with no items beside it. */
export interface FoundTotal {
  readonly measure: Measure
  readonly scale: Scale
  readonly facts: ColumnFacts
  readonly occasion: string | null
}

/** Numbers about a score that are none: bands, changes, counts. */
const NO_SCORE =
  /\b(band|severity|caseness|category|cat|change|diff|difference|improv\w*|reliable|rci|recover\w*|count|n|number of|version|percent|pct|rank|decile|centile|item|threshold|cut ?off|missing|answered|flag|completed?|status|type|due|code|id)\b/

/** Finds totals among the columns whose headings name an instrument; asks where it is not plain which score it is. */
export function findTotals(columns: readonly ColumnFacts[], notebook: Notebook): readonly FoundTotal[] {
  const numbers = columns.filter(({ n_filled, n_numbers }) => n_filled > 0 && n_numbers >= n_filled * 0.9)
  const possible = numbers.filter(
    ({ words }) => measuresOf(words).length > 0 && !namesAnother(words) && !NO_SCORE.test(words),
  )
  const items = looseItems(possible)
  if (items.length > 0) {
    notebook.note(
      `${listed(items.map(({ heading }) => `"${heading}"`))} look like single items of a questionnaire whose order is not told by their headings: they are not read.`,
    )
  }
  return possible.flatMap((facts) =>
    items.includes(facts) ? [] : (totalOf(facts, measuresOf(facts.words).map(theMeasure), notebook) ?? []),
  )
}

function measuresOf(words: string) {
  return measuresNamed(words).filter((id) => id !== 'gbo')
}

/** Several columns of one questionnaire, none called a score, none above an item's top. */
function looseItems(columns: readonly ColumnFacts[]): readonly ColumnFacts[] {
  const small = columns.filter(({ words, max }) => {
    const [id] = measuresOf(words)
    return (
      id !== undefined &&
      !/\b(score|total|sum|mean|qol|sqol)\b/.test(words) &&
      max <= (theMeasure(id).items[0]?.max ?? 0) + 1
    )
  })
  return small.filter(({ words }) => small.filter((it) => measuresOf(it.words)[0] === measuresOf(words)[0]).length >= 3)
}

function totalOf(facts: ColumnFacts, named: readonly Measure[], notebook: Notebook): FoundTotal | null {
  const measure = whichLength(facts, named, notebook)
  if (measure === null) return null
  const scale = whichScale(facts, measure, notebook)
  if (scale === null) return null
  const about = `score:${facts.heading}`
  const { min, max } = scale
  const n_inside = inside(facts, scale)
  if (n_inside < facts.n_filled * 0.98) {
    const answer = askWhy(facts, scale, n_inside, notebook)
    return answer === scale.scale_id ? { measure, scale, facts, occasion: occasionOf(facts.words).occasion } : null
  }
  if (scale.rule === 'sum' && max >= 20 && looksLikeMean(facts, measure)) return askMean(facts, measure, notebook)
  notebook.decide(about, `${measure.measure_id}: ${scale.scale_id}`, 'agreed', [
    `the heading "${facts.heading}" names it, and ${share(n_inside, facts.n_filled, 'scores')} are from ${min} to ${max}`,
  ])
  return { measure, scale, facts, occasion: occasionOf(facts.words).occasion }
}

/** ReQoL has ten items or twenty: its number, or a score above 40, says which. */
function whichLength(facts: ColumnFacts, named: readonly Measure[], notebook: Notebook): Measure | null {
  const [only, ...others] = named
  if (only === undefined || others.length === 0) return only ?? null
  const longer = named.find(({ measure_id }) => measure_id === 'reqol-20')
  if (longer !== undefined && facts.max > 40 && named.some(({ measure_id }) => measure_id === 'reqol-10')) return longer
  const answer = notebook.ask({
    id: `measure:${facts.heading}`,
    question: `Which questionnaire is "${facts.heading}" the score of?`,
    options: named.map(({ measure_id, name }) => ({ option: measure_id, means: name })),
    evidence: [`the scores go from ${facts.min} to ${facts.max}, and the heading fits all of these`],
  })
  return named.find(({ measure_id }) => measure_id === answer) ?? null
}

const SCALE_WORDS: readonly [string, string, RegExp][] = [
  ['dialog', 'sqol', /\b(sqol|qol|quality of life|life)\b/],
  ['dialog', 'treatment_satisfaction', /\b(treatment|ts|prem|experience)\b/],
  ['itq', 'ptsd', /\bptsd\b/],
  ['itq', 'dso', /\bdso\b|\bself organi[sz]ation\b/],
  ['itq', 'total', /\btotal\b/],
]

function whichScale(facts: ColumnFacts, measure: Measure, notebook: Notebook): Scale | null {
  const scales = measure.scales.filter(({ rule }) => rule === 'sum' || rule === 'mean')
  const said = SCALE_WORDS.filter(([id, , words]) => id === measure.measure_id && words.test(facts.words)).map(
    ([, scale]) => scale,
  )
  const [only, ...others] = scales.length === 1 ? scales : scales.filter(({ scale_id }) => said.includes(scale_id))
  if (only !== undefined && others.length === 0) return only
  const total = scales.find(({ scale_id }) => scale_id === 'total')
  if (total !== undefined && measure.measure_id !== 'itq') return total
  const answer = notebook.ask({
    id: `scale:${facts.heading}`,
    question: `Which score of ${measure.name} is "${facts.heading}"?`,
    options: [
      ...scales
        .filter((scale) => inside(facts, scale) >= facts.n_filled * 0.98)
        .map(({ scale_id, label }) => ({ option: scale_id, means: label })),
      { option: 'leave_out', means: 'none of these: do not read it' },
    ],
    evidence: [`the scores go from ${facts.min} to ${facts.max}, and the heading does not say which it is`],
  })
  return scales.find(({ scale_id }) => scale_id === answer) ?? null
}

function inside(facts: ColumnFacts, { min, max }: Scale): number {
  if (facts.min >= min && facts.max <= max) return facts.n_numbers
  let n = 0
  for (const [text, count] of facts.texts) {
    const value = Number(text.replace(',', '.'))
    if (Number.isFinite(value) && value >= min && value <= max) n += count
  }
  return n
}

const ENOUGH_SCORES = 20

/** A sum that never exceeds one item's top in many rows, or has decimals and does not: a single answer, or the mean of the items. */
function looksLikeMean(facts: ColumnFacts, measure: Measure): boolean {
  const top = measure.items[0]?.max ?? 0
  return facts.max <= top + 1 && (facts.n_filled >= ENOUGH_SCORES || facts.n_whole < facts.n_numbers)
}

function askMean(facts: ColumnFacts, measure: Measure, notebook: Notebook): null {
  notebook.ask({
    id: `scale:${facts.heading}`,
    question: `"${facts.heading}" looks like one answer, or the mean of the answers, of ${measure.name}, whose score is their sum. Ask for the sum, or for the items.`,
    options: [{ option: 'leave_out', means: 'do not read it' }],
    evidence: [
      `no score is above ${facts.max}, and ${share(facts.n_numbers - facts.n_whole, facts.n_numbers, 'scores')} have decimals`,
    ],
  })
  return null
}

/** The answer; null where there is none yet. Where most numbers are of something else, the score is no choice. */
function askWhy(facts: ColumnFacts, scale: Scale, n_inside: number, notebook: Notebook): string | null {
  const itIs = {
    option: scale.scale_id,
    means: `the ${scale.label}: rows with any other number are held back, for the team to put right`,
  }
  return notebook.ask({
    id: `scale:${facts.heading}`,
    question: `"${facts.heading}" is named like the ${scale.label} (${scale.min} to ${scale.max}), but not all its numbers are. What is it?`,
    options: [
      ...(n_inside > facts.n_filled / 2 ? [itIs] : []),
      { option: 'leave_out', means: 'something else: do not read it' },
    ],
    evidence: [
      `only ${share(n_inside, facts.n_filled, 'numbers')} are from ${scale.min} to ${scale.max}; they go from ${facts.min} to ${facts.max}`,
    ],
  })
}
