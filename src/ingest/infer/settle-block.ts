import type { Coding, Measure } from '../../measures/measure.ts'
import { MEASURES } from '../../measures/registry.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { Block } from './find-blocks.ts'
import { measuresNamed } from './measure-names.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import { holding, type Reconciled, reconcile, theMeasure } from './reconcile.ts'
import { settleCoding } from './settle-coding.ts'
import { codedRange, settleShift } from './settle-shift.ts'
import { share } from './words.ts'

/** A questionnaire found in a file: its items in order, how they are coded, and its total if there is one. */
export interface FoundForm {
  readonly measure: Measure
  readonly columns: readonly ColumnFacts[]
  readonly coding: Coding
  /** Taken from every item. */
  readonly minus: number
  readonly total: { readonly facts: ColumnFacts; readonly scale_id: string } | null
  readonly occasion: string | null
}

/** Settles which questionnaire a block is and how it is coded; null where that has still to be asked, or it is none of ours. */
export function settleBlock(
  table: Table,
  block: Block,
  isOnlyBlock: boolean,
  totals: readonly ColumnFacts[],
  notebook: Notebook,
): FoundForm | null {
  const measure = settleMeasure(table, block, isOnlyBlock, totals, notebook)
  if (measure === null) return null
  const columns = block.columns.slice(0, measure.items.length)
  const minus = settleShift(measure, columns, notebook)
  if (minus === null) return null
  const ways = reconcile(table, columns, [measure], totals, minus)
  const coding = settleCoding(table, measure, columns, ways, notebook)
  if (coding === null) return null
  return { measure, columns, coding, minus, total: totalOf(measure, coding, ways, notebook), occasion: block.occasion }
}

function settleMeasure(
  table: Table,
  block: Block,
  isOnlyBlock: boolean,
  totals: readonly ColumnFacts[],
  notebook: Notebook,
): Measure | null {
  const fitting = MEASURES.filter((measure) => couldBe(measure, block))
  const named = fitting.filter(({ measure_id }) => block.named.includes(measure_id))
  const titled = isOnlyBlock
    ? fitting.filter(({ measure_id }) => measuresNamed(titleWords(table)).includes(measure_id))
    : []
  const [only, ...others] = named.length > 0 ? named : block.named.length === 0 ? titled : []
  if (only !== undefined && others.length === 0) {
    notebook.decide(`measure:${block.columns[0]?.heading ?? ''}`, only.measure_id, 'agreed', [
      named.length > 0
        ? `the headings ${spanOf(block)} name ${block.by === 'theme' ? 'each of its items' : 'it'}, and there are ${block.columns.length} of them`
        : `the file's or the sheet's name, or a line above the headings, names it`,
      rangeWords(block, only),
    ])
    return only
  }
  if (block.named.length > 0 && fitting.length === 0) {
    return cannotBe(block, notebook)
  }
  const [byReversal] = distinctMeasures(holding(reconcile(table, block.columns, fitting, totals, 0), 0.98), fitting)
  if (byReversal !== undefined && block.named.length === 0) {
    notebook.decide(`measure:${block.columns[0]?.heading ?? ''}`, byReversal.measure.measure_id, 'proved', [
      `"${byReversal.total.heading}" is the total of ${spanOf(block)} in ${share(byReversal.n_equal, byReversal.n)} only as ${byReversal.measure.name} adds up`,
    ])
    return byReversal.measure
  }
  return askMeasure(block, fitting, notebook)
}

function titleWords(table: Table): string {
  return table.title
    .toLowerCase()
    .replace(/re-?qol/g, 'reqol')
    .replace(/(\d)/g, ' $1')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/(\d) (?=\d)/g, '$1')
}

/** A way of adding up that only one of the fitting instruments has. */
function distinctMeasures(ways: readonly Reconciled[], fitting: readonly Measure[]): readonly Reconciled[] {
  const measures = new Set(ways.map(({ measure }) => measure.measure_id))
  const isTelling = ({ coding, scale, measure }: Reconciled) =>
    coding === 'raw' || scale.items.length < measure.items.filter((item) => !item.is_optional).length
  return measures.size === 1 && fitting.length > 0 ? ways.filter(isTelling) : []
}

/** A question about difficulty often follows the scored ones, and is not read. */
const DIFFICULTY = 1

/** The number of items and the range of answers are those of the instrument, allowing for answers written one too high or too low. */
export function couldBe(measure: Measure, block: Block): boolean {
  if (measure.kind !== 'questionnaire' || measure.measure_id === 'eq-5d-5l') return false
  const required = measure.items.filter((item) => !item.is_optional).length
  const n = block.columns.length
  const isNumberRight =
    measure.measure_id === 'gbo'
      ? n >= 1 && n <= 6
      : (n >= required && n <= Math.max(measure.items.length, required + DIFFICULTY)) ||
        (measure.measure_id === 'dialog' && n === 8)
  return isNumberRight && codedRange(measure, block.columns) !== null
}

function rangeWords(block: Block, measure: Measure): string {
  const { low, high, n, n_inside } = codedRange(measure, block.columns) as NonNullable<ReturnType<typeof codedRange>>
  return `they hold ${low} to ${high} in ${share(n_inside, n, 'cells')}`
}

function cannotBe(block: Block, notebook: Notebook): null {
  notebook.ask({
    id: `measure:${block.columns[0]?.heading ?? ''}`,
    question: `The headings ${spanOf(block)} name ${block.named.map((id) => theMeasure(id).name).join(' or ')}, but their number or their answers are not its own. They cannot be read.`,
    options: [{ option: 'leave_out', means: 'do not read these columns' }],
    evidence: [
      `${block.columns.length} columns hold ${Math.min(...block.columns.map(({ min }) => min))} to ${Math.max(...block.columns.map(({ max }) => max))}`,
    ],
  })
  return null
}

function askMeasure(block: Block, fitting: readonly Measure[], notebook: Notebook): Measure | null {
  if (fitting.length === 0) {
    notebook.note(
      `${spanOf(block)} look like the items of a questionnaire, but of none that is known: they are not read.`,
    )
    return null
  }
  const answer = notebook.ask({
    id: `measure:${block.columns[0]?.heading ?? ''}`,
    question: `Which questionnaire are ${spanOf(block)} the items of?`,
    options: [
      ...fitting.map(({ measure_id, name }) => ({ option: measure_id, means: name })),
      { option: 'leave_out', means: 'none of these: do not read the columns' },
    ],
    evidence: [
      `${block.columns.length} columns hold ${Math.min(...block.columns.map(({ min }) => min))} to ${Math.max(...block.columns.map(({ max }) => max))}, and no heading names the questionnaire`,
    ],
  })
  return fitting.find(({ measure_id }) => measure_id === answer) ?? null
}

/** The column that is the total, named by its own sums. */
function totalOf(
  measure: Measure,
  coding: Coding,
  ways: readonly Reconciled[],
  notebook: Notebook,
): FoundForm['total'] {
  const [best] = holding(
    ways.filter((way) => way.coding === coding),
    0.5,
    1,
  )
  if (best === undefined) return null
  notebook.decide(`total:${measure.measure_id}`, best.total.heading, 'proved', [
    `"${best.total.heading}" is what the items add up to (${best.scale.label}) in ${share(best.n_equal, best.n)}`,
  ])
  if (best.n_equal < best.n) {
    notebook.note(
      `"${best.total.heading}" is not what the items of ${measure.name} add up to in ${share(best.n - best.n_equal, best.n)}: those rows are loaded and flagged, and the items count.`,
    )
  }
  return { facts: best.total, scale_id: best.scale.scale_id }
}

/** "Q1" to "Q10": the first and the last heading. */
export function spanOf({ columns }: Pick<Block, 'columns'>): string {
  const [first, last] = [columns[0]?.heading ?? '', columns.at(-1)?.heading ?? '']
  return columns.length === 1 ? `"${first}"` : `"${first}" to "${last}"`
}
