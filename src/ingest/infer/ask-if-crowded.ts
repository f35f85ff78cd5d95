import type { Dated } from './assign-dates.ts'
import type { PersonColumns } from './find-person.ts'
import type { Contents } from './guess.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import { share } from './words.ts'

const MOST = 0.2

/**
 * One person gives one score once a day. Where many rows share person, day and score, something was taken for what it is not:
 * a clinician for the person, an answer for a score.
 */
export function askIfCrowded(
  table: Table,
  { long }: Contents,
  dated: Dated,
  person: PersonColumns,
  notebook: Notebook,
): void {
  const who = person.nhs_number ?? person.local_id
  const key = [who, ...dated.columns, long?.subject, long?.item].flatMap((facts) => facts?.index ?? [])
  // Whole copies of a row are the reader's to find, and say nothing of what the columns are.
  const rows = [...new Set(table.rows.map((row) => JSON.stringify(row)))].map((text) => JSON.parse(text) as string[])
  const keys = new Set(rows.map((row) => JSON.stringify(key.map((index) => row[index]))))
  const repeated = rows.length - keys.size
  if (repeated <= rows.length * MOST) return
  notebook.ask({
    id: 'crowded',
    question: `Many rows have the same "${who?.heading}" and the same date. Is each of them a form of its own?`,
    options: [{ option: 'yes', means: 'yes: people are often asked twice a day here' }],
    evidence: [
      `${share(repeated, rows.length)} repeat the person and the day of another: "${who?.heading}" may not be the person, or a row not a whole form`,
    ],
  })
}
