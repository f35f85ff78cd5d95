import type { ColumnFacts } from './column-facts.ts'
import { measuresNamed } from './measure-names.ts'
import type { Notebook } from './notebook.ts'

export const DATE_ROLES = [
  'birth',
  'death',
  'referral',
  'first_contact',
  'discharge',
  'moved',
  'rejected',
  'admin',
  'form',
  'assessed',
  'encounter',
  'plain',
] as const
export type DateRole = (typeof DATE_ROLES)[number]

/** A column of dates, with what its heading's words and values make of it. */
export interface DateColumn {
  readonly facts: ColumnFacts
  readonly role: DateRole
}

/** What words of a heading say of a date, most telling first. */
const ROLE_WORDS: readonly [DateRole, RegExp][] = [
  ['birth', /\b(dob|birth|born|birthdate|birthday|bday)\b/],
  ['death', /\b(death|died|deceased|dod)\b/],
  [
    'admin',
    /\b(due|next|planned|scheduled|expiry|print(ed)?|extract(ed)?|export(ed)?|report(ed|ing)?|upload(ed)?|import(ed)?|run|modified|updated|amended|created|entered|entry|input|typed|keyed|added|saved|signed|validated|authorised|consent)\b/,
  ],
  ['rejected', /\b(reject(ed|ion)?|declined)\b/],
  ['first_contact', /\b(first|1 st|1st|initial)\b.*\b(contact|seen|appointment|appt|attended|attendance|session)\b/],
  [
    'discharge',
    /\b(discharged?|disch|closed|closure|left|leaving|exit|case end|end of (care|treatment|therapy)|end date|date ended?)\b/,
  ],
  ['moved', /\bmoved\b/],
  ['referral', /\b(referr?(al|ed)?|ref|rfrl|joined|joining|accepted|allocat(ed|ion))\b/],
  [
    'form',
    /\b(comp|complet(ed|ion|e)|scor(e|ed|ing)|questionnaires?|forms?|measures?|measured|outcomes?|proms?|administered|taken|rated|rating|survey(ed)?|responses?|responded|answered|submitted|filled|collected|collection|inserted)\b/,
  ],
  ['assessed', /\b(assess(ed|ment|ments)?|ass|test(ed)?|recorded|timestamp|effective|done)\b/],
  [
    'encounter',
    /\b(session|contact|visit|seen|appointment|appt|attended|event|review(ed)?|interview|follow up|entry|encounter|care)\b/,
  ],
]

/** The columns that hold dates: nine in ten of their cells read as one. */
export function dateColumns(columns: readonly ColumnFacts[], serial: '1900' | '1904' | null): readonly DateColumn[] {
  const dates = columns.filter(
    (it) => it.n_filled > 0 && (it.n_dates >= it.n_filled * 0.8 || (serial !== null && isSerial(it))),
  )
  return dates.map((facts) => ({ facts, role: roleOf(facts) }))
}

/** A spreadsheet's day numbers from 1941 to 2064, under a heading that speaks of a date. */
function isSerial({ words, n_filled, n_whole, n_dates, min, max }: ColumnFacts): boolean {
  return /\b(date|dob|day|on)\b/.test(words) && n_whole + n_dates >= n_filled * 0.9 && min >= 15_000 && max <= 60_000
}

function roleOf({ words }: ColumnFacts): DateRole {
  const role = ROLE_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'plain'
  return role === 'plain' && measuresNamed(words).length > 0 ? 'form' : role
}

/**
 * The column that says when the questionnaire was answered; null where that has to be asked. A date of a form comes first, then one
 * of an assessment, unless a contact or a review has a date too: then the assessment may be the first one of all.
 */
export function assessedColumn(dates: readonly DateColumn[], notebook: Notebook): ColumnFacts | null {
  const usable = dates.filter(({ role, facts }) => !NEVER.has(role) && facts.n_filled >= facts.n_rows * 0.5)
  const of = (...roles: DateRole[]) => usable.filter(({ role }) => roles.includes(role))
  const rest = of('assessed').length > 0 ? of('assessed', 'encounter') : of('encounter', 'plain')
  const candidates = of('form').length > 0 ? of('form') : rest
  const [only, ...others] = candidates
  if (only !== undefined && others.length === 0) {
    const isAlone = dates.length === 1
    notebook.decide('assessed_date', only.facts.heading, 'agreed', [
      isAlone ? `"${only.facts.heading}" is the only column of dates` : whyThis(only, dates),
    ])
    return only.facts
  }
  const options = usable.length > 0 ? usable : dates.filter(({ role }) => role !== 'birth' && role !== 'death')
  return askWhich(options, dates, notebook)
}

const NEVER = new Set<DateRole>(['birth', 'death', 'referral', 'first_contact', 'discharge', 'moved', 'rejected'])

function whyThis({ facts, role }: DateColumn, dates: readonly DateColumn[]): string {
  const others = dates.filter((it) => it.facts !== facts).map((it) => `"${it.facts.heading}" (${ROLE_NAMES[it.role]})`)
  const how = role === 'plain' ? 'is the only date that its heading gives no other meaning' : 'is called so'
  return `"${facts.heading}" ${how}${others.length === 0 ? '' : `, beside ${others.join(', ')}`}`
}

const ROLE_NAMES: Readonly<Record<DateRole, string>> = {
  birth: 'date of birth',
  death: 'date of death',
  referral: 'referral',
  first_contact: 'first contact',
  discharge: 'discharge',
  moved: 'moved away',
  rejected: 'rejection',
  admin: 'when it was typed in, printed or due',
  form: 'when a form was filled in',
  assessed: 'assessment',
  encounter: 'a contact or review',
  plain: 'a date',
}

function askWhich(
  options: readonly DateColumn[],
  dates: readonly DateColumn[],
  notebook: Notebook,
): ColumnFacts | null {
  const answer = notebook.ask({
    id: 'assessed_date',
    question:
      options.length === 0
        ? 'No column says when the questionnaire was answered. Ask for the export with the date of each form.'
        : 'Which column says when the questionnaire was answered?',
    options: options.map(({ facts, role }) => ({
      option: facts.heading,
      means: `the column "${facts.heading}" (${ROLE_NAMES[role]})`,
    })),
    evidence: [`columns of dates: ${dates.map(({ facts }) => `"${facts.heading}"`).join(', ') || 'none'}`],
  })
  return options.find(({ facts }) => facts.heading === answer)?.facts ?? null
}
