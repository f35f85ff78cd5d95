import type { ColumnFacts } from './column-facts.ts'
import { assessedColumn, type DateColumn } from './find-dates.ts'
import type { Contents } from './guess.ts'
import type { Notebook } from './notebook.ts'
import { occasionOf } from './occasions.ts'

/** The column that dates each form and score. */
export interface Dated {
  readonly columns: readonly ColumnFacts[]
  /** @param occasion null where all are of one */
  dateOf(occasion: string | null): ColumnFacts
}

/**
 * The date of every form: one column for all, unless the same score stands in the row several times (first and last, say); each of
 * those has a date of its own. Null where that has to be asked.
 */
export function assignDates(contents: Contents, dates: readonly DateColumn[], notebook: Notebook): Dated | null {
  const found = [
    ...contents.forms.map(({ measure, occasion }) => ({ id: measure.measure_id as string, occasion })),
    ...totalsOf(contents),
  ]
  if (contents.long === null && found.length === 0) return null
  const keys = found.map(({ id, occasion }) => `${id} ${occasion ?? ''}`)
  const repeated = keys.find((key, at) => keys.indexOf(key) !== at)
  if (repeated !== undefined) return askRepeated(repeated, notebook)
  const ids = found.map(({ id }) => id)
  const occasions = [...new Set(found.map(({ occasion }) => occasion))]
  const isRepeated = new Set(ids).size < ids.length
  if (!isRepeated) {
    const [occasion = null] = occasions
    const isOfOneTime = occasions.length === 1 && occasion !== null && hasOtherTimes(occasion, dates)
    const column = isOfOneTime ? columnOf(occasion, dates, notebook) : assessedColumn(dates, notebook)
    return column === null ? null : { columns: [column], dateOf: () => column }
  }
  const byOccasion = new Map(occasions.map((occasion) => [occasion, columnOf(occasion, dates, notebook)]))
  const columns = [...byOccasion.values()].filter((column) => column !== null)
  if (columns.length < byOccasion.size) return null
  return { columns, dateOf: (occasion) => byOccasion.get(occasion) as ColumnFacts }
}

/** Dates of other times stand beside the scores of one: first scores are not to be dated by the last date. */
function hasOtherTimes(occasion: string, dates: readonly DateColumn[]): boolean {
  return dates.some(({ facts }) => ![null, occasion].includes(occasionOf(facts.words).occasion))
}

function totalsOf({ totals }: Contents) {
  return totals.map(({ measure, scale, occasion }) => ({ id: `${measure.measure_id}:${scale.scale_id}`, occasion }))
}

function columnOf(occasion: string | null, dates: readonly DateColumn[], notebook: Notebook): ColumnFacts | null {
  const usable = dates.filter(({ role }) => role !== 'birth' && role !== 'death')
  const own = usable.filter(({ facts }) => occasionOf(facts.words).occasion === occasion)
  const [only, ...others] = own
  const name = occasion ?? 'other'
  if (only !== undefined && others.length === 0 && occasion !== null) {
    notebook.decide(`assessed_date:${name}`, only.facts.heading, 'agreed', [
      `"${only.facts.heading}" is the one date whose heading speaks of the same time as those scores`,
    ])
    return only.facts
  }
  const answer = notebook.ask({
    id: `assessed_date:${name}`,
    question: `The row holds scores of several times. Which column dates the ${name} ones?`,
    options: usable.map(({ facts }) => ({ option: facts.heading, means: `the column "${facts.heading}"` })),
    evidence: [`${own.length === 0 ? 'no' : 'more than one'} date has a heading that speaks of that time`],
  })
  return usable.find(({ facts }) => facts.heading === answer)?.facts ?? null
}

function askRepeated(key: string, notebook: Notebook): null {
  notebook.ask({
    id: 'occasions',
    question:
      'The same score stands in several columns, and their headings do not say when each was taken. Rename them (pre and post, say), or ask for one row per assessment.',
    options: [],
    evidence: [`more than one column is ${key.trim()}`],
  })
  return null
}
