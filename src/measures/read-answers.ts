import { readCsv } from '../domain/csv.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import type { GivenAnswer } from './check-answers.ts'
import type { Measure } from './measure.ts'
import { withoutWork } from './wsas.ts'

export interface ReadAnswers {
  /** One form a row, in the instrument's order; null where a line's cells do not fit its headings. */
  readonly forms: readonly (readonly GivenAnswer[] | null)[]
  /** How many columns of the file were not used. */
  readonly n_unused_columns: number
}

/**
 * Forms from a text: a JSON array of arrays, or CSV with a column for each item, named by its id or `item1 … itemN`.
 * WSAS may have a column `work_not_applicable` (1, true or yes: item 1 is set aside).
 * @throws OperatorError where the text is neither, or a needed column is absent; it never quotes the text.
 */
export function readAnswers(measure: Measure, text: string): ReadAnswers {
  return /^\uFEFF?\s*\[/.test(text) ? readJson(text) : readColumns(measure, text)
}

function readJson(text: string): ReadAnswers {
  const rows = parse(text.replace(/^\uFEFF/, ''))
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row))) {
    throw refused('expected a JSON array holding one array of answers for each form')
  }
  return { forms: rows.map((row: unknown[]) => row.map(given)), n_unused_columns: 0 }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refused('this starts like JSON but is not: expected an array of arrays of answers')
  }
}

/** Anything that is neither a number, a text nor null is a text that no number can be read from. */
function given(value: unknown): GivenAnswer {
  return value === null || typeof value === 'number' || typeof value === 'string' ? value : 'not a number'
}

function readColumns(measure: Measure, text: string): ReadAnswers {
  const [heading, ...records] = readCsv(text)
  if (heading === undefined) throw refused('the file is empty: expected a heading line and one line for each form')
  const headings = heading.cells.map(plain)
  const columns = measure.items.map(({ item_id }, index) => columnOf(headings, item_id, index + 1))
  const absent = measure.items.filter(({ is_optional }, index) => columns[index] === -1 && !is_optional)
  if (absent.length > 0) {
    const names = absent.map(({ item_id }) => item_id).join(', ')
    throw refused(`these columns are needed for ${measure.measure_id} and are not in the heading line: ${names}`)
  }
  const workColumn = measure.measure_id === 'wsas' ? headings.indexOf('worknotapplicable') : -1
  const used = new Set([...columns, workColumn].filter((column) => column !== -1))
  return {
    forms: records.map(({ cells }) => (cells.length === headings.length ? formOf(cells, columns, workColumn) : null)),
    n_unused_columns: headings.length - used.size,
  }
}

function formOf(cells: readonly string[], columns: readonly number[], workColumn: number): GivenAnswer[] {
  const answers = columns.map((column) => cells[column] ?? null)
  return /^(1|true|yes)$/i.test(cells[workColumn]?.trim() ?? '') ? withoutWork(answers) : answers
}

function columnOf(headings: readonly string[], item_id: string, number: number): number {
  return headings.findIndex((heading) => heading === plain(item_id) || heading === `item${number}`)
}

function plain(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function refused(sentence: string): OperatorError {
  return new OperatorError(`Nothing was scored: ${sentence}.`, EXIT.input_refused)
}
