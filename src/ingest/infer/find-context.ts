import type { ColumnFacts } from './column-facts.ts'
import type { DateColumn, DateRole } from './find-dates.ts'

/** Columns about the person and the referral that stand beside the scores. */
export interface Context {
  readonly service: ColumnFacts | null
  readonly team: ColumnFacts | null
  readonly gender: ColumnFacts | null
  readonly ethnic_category: ColumnFacts | null
  readonly dates: Partial<Readonly<Record<DateRole, ColumnFacts>>>
  /** Headings of what must never be read, with the reason. */
  readonly left_out: Readonly<Record<string, string>>
}

const NEVER_READ: readonly [RegExp, string][] = [
  [
    /\b(forename|surname|first name|last name|full name|family name|given name|patient name|client name|name of (patient|client)|initials|known as|title)\b/,
    'name',
  ],
  [/^(name|client|patient)$/, 'name'],
  [/\b(address|post ?code|street|town|city)\b/, 'address'],
  [/\b(phone|telephone|mobile|tel|email)\b/, 'telephone number or e-mail address'],
  [
    /\b(clinician|therapist|practitioner|worker|keyworker|care coordinator|assessor|completed by|staff|consultant|entered by)\b/,
    'name of staff',
  ],
  [/\b(comments?|notes?|free text|narrative|description|details|reason|text|what has helped|concerns?)\b/, 'free text'],
  [/\b(ip address|latitude|longitude)\b/, 'where an answer was sent from'],
]

/** Finds them by their headings' words; a label has to be short and to come again. */
export function findContext(
  columns: readonly ColumnFacts[],
  dates: readonly DateColumn[],
  taken: ReadonlySet<number>,
): Context {
  const free = columns.filter(
    ({ index, n_dates, n_filled }) => !taken.has(index) && n_dates < Math.max(1, n_filled) * 0.8,
  )
  const left_out = Object.fromEntries(
    free.flatMap(({ heading, words }) => {
      const why = NEVER_READ.find(([pattern]) => pattern.test(words))?.[1]
      return why === undefined ? [] : [[heading, why] as const]
    }),
  )
  const labels = free.filter((it) => left_out[it.heading] === undefined && isLabel(it))
  const named = (pattern: RegExp) => only(labels.filter(({ words }) => pattern.test(words)))
  return {
    service: named(/^(service|service name|programme|pathway service)$/),
    team: named(/\bteam\b(?!.*\b(id|code|type)\b)/),
    gender: named(/^(gender|sex|gender identity|sex or gender)$/),
    ethnic_category: named(/\bethnic(ity)?\b/),
    dates: Object.fromEntries(
      (['birth', 'death', 'referral', 'first_contact', 'discharge', 'moved'] as const).flatMap((role) => {
        const found = only(dates.filter((it) => it.role === role && !taken.has(it.facts.index)))
        return found === null ? [] : [[role, found.facts] as const]
      }),
    ),
    left_out,
  }
}

function only<T>(list: readonly T[]): T | null {
  return list.length === 1 ? (list[0] as T) : null
}

function isLabel({ n_filled, n_distinct, longest, n_numbers }: ColumnFacts): boolean {
  return n_filled > 0 && n_distinct !== null && n_distinct <= 60 && longest <= 80 && n_numbers < n_filled * 0.5
}
