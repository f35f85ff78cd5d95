import { type Columns, codeKey, type Field } from './columns.ts'
import { questionnaire, targetOfCode } from './instruments.ts'
import type { Issue } from './issues.ts'
import type { Profile } from './profile.ts'
import type { RowReader } from './row-reader.ts'

/** A rule for which records of an export are kept, found in one file. */
export interface KeepRule {
  readonly field: Field
  keeps(text: string): boolean
  readonly broken: Issue
}

/** A rule whose optional column the file has not got keeps everything: it is not among them. */
export function compileKeepRules(rules: Profile['keep_when'], columns: Columns): readonly KeepRule[] {
  return rules.flatMap((rule) => {
    const field = columns.field({ ...rule, otherwise: 'keep', minus: 0 })
    if (field === null) return []
    const broken: Issue = { code: 'not_kept', column: field.column, rule: rule.code, expected: rule.expected }
    return [{ field, keeps: keeps(rule), broken }]
  })
}

function keeps(rule: Profile['keep_when'][number]): (text: string) => boolean {
  if (rule.is === 'measure') return (text) => (targetOfCode(text) ?? questionnaire(text)) !== undefined
  const listed = new Set((rule.in ?? rule.not_in ?? []).map(codeKey))
  const isKeptWhenListed = rule.in !== undefined
  return (text) => listed.has(codeKey(text)) === isKeptWhenListed
}

/** The first rule that a record breaks, as the issue to hold it back with; null where it breaks none. */
export function brokenRule(row: RowReader, rules: readonly KeepRule[]): Issue | null {
  return rules.find(({ field, keeps }) => !keeps(row.text(field)))?.broken ?? null
}
