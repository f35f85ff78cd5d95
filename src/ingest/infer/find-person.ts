import type { ColumnFacts } from './column-facts.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import { share } from './words.ts'

/** The columns that say who a record is about. */
export interface PersonColumns {
  readonly nhs_number: ColumnFacts | null
  readonly local_id: ColumnFacts | null
}

const OF_A_PERSON =
  /\b(patient|patients|client|clients|person|people|service user|su|user|member|participant|subject|individual|case|pt|pat|study|research|resident|customer|beneficiary|learner|child|yp|crn|mrn|rio|paris|hospital|pas|system 1|systm one|emis|carenotes|pcmis|iaptus)\b/
const AN_ID =
  /\b(id|ids|identifier|number|no|num|nbr|ref|reference|code|key|mrn|crn|urn|upi|upn|uid|guid|hash|pseudonym|pseudo|token)\b/
/** Numbers of other things. */
const OF_ANOTHER =
  /\b(staff|clinician|worker|therapist|practitioner|professional|keyworker|coordinator|assessor|rater|completed by|team|ward|service|provider|org|organisation|site|gp|practice|referral|episode|pathway|contact|event|form|assessment|questionnaire|response|row|line|sequence|submission|appointment|spell|post ?code|phone|mobile|tel|item|question|goal|name|address|email|file|batch|version|snomed|concept|nhs status)\b/

/** Columns by which nobody should be told apart. */
const NO_KEY =
  /\b(names?|surname|forename|initials|address|notes?|comments?|gender|sex|ethnic(ity)?|age|post ?code|status|team|service(?! user)|ward|total|score|goal|description)\b/

/** Finds who the records are about: a valid NHS number, a local number, or both; asks where neither is plain. */
export function findPerson(
  table: Table,
  dates: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
  isRowAPerson: boolean,
  notebook: Notebook,
): PersonColumns | null {
  const free = table.columns.filter((it) => !taken.has(it.index) && !dates.includes(it) && it.n_filled > 0)
  const nhs_number = findNhsNumber(free, notebook)
  const local_id = findLocalId(
    table,
    free.filter((it) => it !== nhs_number),
    nhs_number,
    dates,
    isRowAPerson,
    notebook,
  )
  return nhs_number === null && local_id === null ? null : { nhs_number, local_id }
}

function findNhsNumber(columns: readonly ColumnFacts[], notebook: Notebook): ColumnFacts | null {
  const valid = columns.filter(isNhsNumber)
  const own = valid.filter(({ words }) => !/\b(carer|mother|father|parent|kin|partner|gp|staff)\b/.test(words))
  const [only, ...others] = own.length > 0 ? own : valid
  if (only === undefined) return null
  if (others.length === 0) {
    const { heading, n_nhs_valid, n_filled } = only
    notebook.decide('nhs_number', heading, 'proved', [
      `"${heading}": the check digit of an NHS number is right in ${share(n_nhs_valid, n_filled)}`,
    ])
    return only
  }
  const answer = notebook.ask({
    id: 'nhs_number',
    question: 'Which column is the NHS number of the person the questionnaire is about?',
    options: valid.map(({ heading }) => ({ option: heading, means: `the column "${heading}"` })),
    evidence: valid.map(
      ({ heading, n_nhs_valid, n_filled }) => `"${heading}" holds valid NHS numbers in ${share(n_nhs_valid, n_filled)}`,
    ),
  })
  return valid.find(({ heading }) => heading === answer) ?? null
}

/** One number in eleven passes the check by chance. */
function isNhsNumber({ n_filled, n_nhs_shape, n_nhs_valid, words }: ColumnFacts): boolean {
  if (n_nhs_shape < n_filled * 0.5) return false
  return n_nhs_valid >= n_filled * 0.9 || (n_nhs_valid >= n_filled * 0.5 && /\bnhs\b/.test(words))
}

function findLocalId(
  table: Table,
  columns: readonly ColumnFacts[],
  nhs: ColumnFacts | null,
  dates: readonly ColumnFacts[],
  isRowAPerson: boolean,
  notebook: Notebook,
): ColumnFacts | null {
  const possible = columns.filter((it) => couldBeKey(it, table))
  const isOfAnother = (words: string) => OF_ANOTHER.test(words.replace(/\bservice users?\b/, 'client'))
  const named = possible.filter(({ words }) => OF_A_PERSON.test(words) && AN_ID.test(words) && !isOfAnother(words))
  const weak = possible.filter(({ words }) => (AN_ID.test(words) || OF_A_PERSON.test(words)) && !isOfAnother(words))
  if (nhs !== null) return beside(table, nhs, named.length > 0 ? named : weak, notebook)
  const repeats = (it: ColumnFacts) => repeatsOnOtherDays(table, it, dates)
  const isOwn = (it: ColumnFacts) => repeats(it).is_person_like || (isRowAPerson && it.n_distinct === table.n_rows)
  for (const candidates of [named, weak.filter(isOwn)]) {
    const [only, ...others] = candidates
    if (only === undefined) continue
    if (others.length > 0) break
    notebook.decide('local_id', only.heading, 'agreed', [`"${only.heading}" is called so`, repeats(only).words])
    return only
  }
  return askWho(table, possible, dates, notebook)
}

/** Filled nearly everywhere, short, neither a date nor a score, and not the same for everybody. */
function couldBeKey(it: ColumnFacts, table: Table): boolean {
  if (it.n_filled < it.n_rows * 0.8 || it.longest > 60 || NO_KEY.test(it.words)) return false
  if (it.n_dates >= it.n_filled * 0.8 || it.n_measure_names >= it.n_filled * 0.5) return false
  const n = it.n_distinct ?? table.n_rows
  return (
    n >= 2 &&
    n >= Math.min(it.n_filled * 0.02, 20) &&
    !(it.n_numbers === it.n_filled && it.max <= 100 && it.longest <= 3 && !AN_ID.test(it.words))
  )
}

interface Repeats {
  readonly is_person_like: boolean
  readonly words: string
}

/** More forms of one person than this, on average, and it is a group's number. */
const MOST_FORMS = 12

/** A person's number comes again on other days, and seldom twice on one. */
function repeatsOnOtherDays(table: Table, key: ColumnFacts, dates: readonly ColumnFacts[]): Repeats {
  const filled = table.rows.filter((row) => row[key.index] !== '')
  const people = new Set(filled.map((row) => row[key.index])).size
  const perPerson = filled.length / Math.max(1, people)
  if (perPerson <= 1)
    return { is_person_like: false, words: `it is different in each of ${filled.length.toLocaleString('en-GB')} rows` }
  const days = new Set(filled.map((row) => JSON.stringify([row[key.index], ...dates.map((date) => row[date.index])])))
    .size
  const isPersonLike = days > people && perPerson <= MOST_FORMS
  return {
    is_person_like: isPersonLike,
    words: `${people.toLocaleString('en-GB')} different values over ${filled.length.toLocaleString('en-GB')} rows: the same ones come again on other days`,
  }
}

/** Beside an NHS number, a local number is the person's own if the two go together one to one. */
function beside(
  table: Table,
  nhs: ColumnFacts,
  candidates: readonly ColumnFacts[],
  notebook: Notebook,
): ColumnFacts | null {
  const found = candidates.find((it) => {
    const [perLocal, perNhs] = [pairs(table, it, nhs), pairs(table, nhs, it)]
    return perLocal.most <= 1 && perNhs.share_of_one >= 0.95
  })
  if (found === undefined) return null
  notebook.decide('local_id', found.heading, 'proved', [
    `"${found.heading}" goes together with the NHS number one to one`,
  ])
  return found
}

function pairs(table: Table, of: ColumnFacts, to: ColumnFacts): { most: number; share_of_one: number } {
  const seen = new Map<string, Set<string>>()
  for (const row of table.rows) {
    const [key, other] = [row[of.index] as string, row[to.index] as string]
    if (key !== '' && other !== '') seen.set(key, (seen.get(key) ?? new Set()).add(other.replace(/[ -]/g, '')))
  }
  const sizes = [...seen.values()].map((others) => others.size)
  return {
    most: Math.max(0, ...sizes),
    share_of_one: sizes.filter((size) => size === 1).length / Math.max(1, sizes.length),
  }
}

function askWho(
  table: Table,
  possible: readonly ColumnFacts[],
  dates: readonly ColumnFacts[],
  notebook: Notebook,
): ColumnFacts | null {
  const answer = notebook.ask({
    id: 'person',
    question:
      possible.length === 0
        ? 'No column tells people apart. Ask for the export with an NHS number or the system’s own number for each person.'
        : 'Which column is the number of the person the questionnaire is about?',
    options: possible.map(({ heading }) => ({ option: heading, means: `the column "${heading}"` })),
    evidence: possible.map((it) => `"${it.heading}": ${repeatsOnOtherDays(table, it, dates).words}`),
  })
  return possible.find(({ heading }) => heading === answer) ?? null
}
