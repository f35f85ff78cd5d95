import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { Insertable } from 'kysely'
import { replaceRows } from './insert-rows.ts'
import type { AssessmentScoreTable } from './table-types.ts'

/** Puts these scores in place of all earlier ones: scores are always worked out again from the loaded answers. */
export function replaceAssessmentScores(
  sqlite: SqliteDatabase,
  scores: readonly Insertable<AssessmentScoreTable>[],
): void {
  replaceRows(sqlite, 'assessment_score', scores)
}
