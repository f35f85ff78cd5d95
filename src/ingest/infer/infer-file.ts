import type { ExportFile } from '../examine-file.ts'
import { visibleSheets } from '../open-xlsx.ts'
import { type Guess, guess } from './guess.ts'
import { type Decision, Notebook } from './notebook.ts'
import { type Grid, readGrid, readTable, type Table } from './read-table.ts'

/** A file looked at: the sheet that was read, and what it is taken to be. */
export interface Inference {
  /** Null where no row could be headings. */
  readonly table: Table | null
  readonly guess: Guess
}

/** Reads a file whole and guesses how it is to be read. In a workbook, the one sheet that holds scores; of several, it asks. */
export async function inferFile(
  file: ExportFile,
  answers: ReadonlyMap<string, string> = new Map(),
): Promise<Inference> {
  const sheets = file.kind === 'xlsx' ? await visibleSheets(file) : []
  if (sheets.length < 2) return inferSheet(file, undefined, answers)
  const asked = sheets.find((sheet) => sheet.toLowerCase() === answers.get('sheet')?.trim().toLowerCase())
  const seen: [string, Inference][] = []
  for (const sheet of asked === undefined ? sheets : [asked]) seen.push([sheet, await inferSheet(file, sheet, answers)])
  const holding = seen.filter(([, it]) => holdsScores(it))
  const [only, ...others] = asked === undefined ? holding : seen
  if (only !== undefined && others.length === 0) return withSheet(only, sheets)
  return {
    table: only?.[1].table ?? null,
    guess: whichSheet(
      holding.map(([sheet]) => sheet),
      sheets,
      answers,
    ),
  }
}

async function inferSheet(
  file: ExportFile,
  sheet: string | undefined,
  answers: ReadonlyMap<string, string>,
): Promise<Inference> {
  const grid = await readGrid(file, sheet)
  const table = await readTable(file, grid, sheet)
  return { table, guess: table === null ? noHeadings(grid, answers) : guess(table, answers) }
}

/** Something that is scored was found, settled or not. */
function holdsScores({ guess: { questions, decisions } }: Inference): boolean {
  const isAboutScores = (about: string) =>
    /^(measure|score|layout|coding|coding_from|missing_code|scale|item)\b/.test(about)
  return decisions.some(({ about }) => isAboutScores(about)) || questions.some(({ id }) => isAboutScores(id))
}

function withSheet([sheet, { table, guess: found }]: [string, Inference], sheets: readonly string[]): Inference {
  const decision: Decision = {
    about: 'sheet',
    choice: sheet,
    confidence: 'proved',
    evidence: [`of ${sheets.length} sheets that are not hidden, it is the one that holds scores`],
  }
  return { table, guess: { ...found, decisions: [decision, ...found.decisions] } }
}

function whichSheet(
  holding: readonly string[],
  sheets: readonly string[],
  answers: ReadonlyMap<string, string>,
): Guess {
  const notebook = new Notebook(answers)
  const options = holding.length > 0 ? holding : sheets
  notebook.ask({
    id: 'sheet',
    question: 'Which sheet is to be read? A profile reads one; the others need a profile each.',
    options: options.map((sheet) => ({ option: sheet, means: `the sheet "${sheet}"` })),
    evidence: [
      `${holding.length === 0 ? 'none' : holding.length} of ${sheets.length} sheets look as if they held scores`,
    ],
  })
  return openGuess(notebook)
}

function noHeadings(grid: Grid, answers: ReadonlyMap<string, string>): Guess {
  const notebook = new Notebook(answers)
  notebook.ask({
    id: 'headings',
    question: 'No row can be the headings. Ask for the export with its headings, or write them in as the first row.',
    options: [],
    evidence: [
      `each of the first ${Math.min(grid.rows.length, 40)} rows holds numbers or dates, or names fewer columns than the records have`,
    ],
  })
  return openGuess(notebook)
}

function openGuess({ decisions, questions, notes }: Notebook): Guess {
  return { decisions, questions, notes, answers_unused: [], profile: null }
}
