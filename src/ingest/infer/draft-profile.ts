import { type Profile, profileSchema } from '../profile.ts'
import type { DateOrder } from '../read-date.ts'
import type { Dated } from './assign-dates.ts'
import type { ColumnFacts } from './column-facts.ts'
import { dateOrder, provedOrder } from './date-order.ts'
import type { Context } from './find-context.ts'
import type { PersonColumns } from './find-person.ts'
import type { Contents } from './guess.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import { missingCodes } from './settle-shift.ts'

/** The profile that says what was found; null where the order of a date has still to be asked. */
export function draftProfile(
  table: Table,
  contents: Contents,
  dated: Dated,
  person: PersonColumns,
  context: Context,
  notebook: Notebook,
): Profile | null {
  const orders = new Map<number, DateOrder>()
  for (const column of dated.columns) {
    const order = dateOrder(column, notebook)
    if (order === null) return null
    orders.set(column.index, order)
    if (column.n_two_digit_years > 0) {
      notebook.note(
        `"${column.heading}" writes years with two digits: they are read as ${EARLIEST_YEAR} to ${EARLIEST_YEAR + 99}.`,
      )
    }
  }
  const main = [...orders.values()][0] as DateOrder
  const dateCell = (facts: ColumnFacts) => cellWithOrder(facts, orders.get(facts.index) ?? provedOrder(facts), main)
  const yields = [...aboutPerson(context, dateCell, notebook), ...aboutScores(contents, dated, context, dateCell)]
  const used = usedColumns(contents, person)
  return profileSchema.parse({
    profile: profileName(table.file_name),
    title: `${table.file_name}, as it was found`,
    ...table.opening,
    date_order: main,
    ...(used.some(({ n_decimal_commas }) => n_decimal_commas > 0) ? { decimal_comma: true } : {}),
    blanks: blanksOf(used, contents, notebook),
    identity: identityOf(person),
    left_out: context.left_out,
    yields,
  })
}

/** A short name from the file's: letters and digits, without its date. */
export function profileName(file_name: string): string {
  const stem = file_name.replace(/\.[a-z0-9]+$/i, '').replace(/[#\d]{2,}/g, ' ')
  const slug = stem
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return slug === '' ? 'our-export' : slug.slice(0, 40).replace(/-+$/, '')
}

/** Nobody filled in a form before 1970. */
const EARLIEST_YEAR = 1970

function cellWithOrder({ heading, n_two_digit_years }: ColumnFacts, order: DateOrder | null, main: DateOrder) {
  const isOther = order !== null && order !== main
  if (!isOther && n_two_digit_years === 0) return heading
  return {
    column: heading,
    ...(isOther ? { date_order: order } : {}),
    ...(n_two_digit_years === 0 ? {} : { two_digit_years_from: EARLIEST_YEAR }),
  }
}

type DateCell = (facts: ColumnFacts) => ReturnType<typeof cellWithOrder>

/** Facts about the person and the referral. A date whose order is not proved is left out: nothing is asked for its sake. */
function aboutPerson(
  { dates, gender, ethnic_category, service }: Context,
  dateCell: DateCell,
  notebook: Notebook,
): object[] {
  const provenDate = (name: keyof Context['dates']) => {
    const facts = dates[name]
    if (facts === undefined) return undefined
    const isWhole = facts.n_two_digit_years === 0
    if (provedOrder(facts) !== null && isWhole) return dateCell(facts)
    const why = isWhole ? 'do not show in which order they are written' : 'have years of two digits'
    notebook.note(`"${facts.heading}" is not read: its dates ${why}.`)
    return undefined
  }
  const birth_date = provenDate('birth')
  const person = {
    birth_date,
    gender: gender === null ? undefined : genderCell(gender),
    ethnic_category: ethnic_category?.heading,
    death_date: provenDate('death'),
  }
  const referral_date = provenDate('referral')
  const hasPerson = Object.values(person).some((cell) => cell !== undefined)
  return [
    ...(hasPerson ? [{ kind: 'person', ...defined(person) }] : []),
    ...(referral_date === undefined
      ? []
      : [
          {
            kind: 'referral',
            ...defined({
              referral_date,
              first_contact_date: provenDate('first_contact'),
              discharge_date: provenDate('discharge'),
              birth_date,
              service: service?.heading,
            }),
          },
        ]),
  ]
}

const GENDERS: Readonly<Record<string, string>> = {
  f: 'female',
  female: 'female',
  woman: 'female',
  m: 'male',
  male: 'male',
  man: 'male',
}

function genderCell({ heading, texts }: ColumnFacts) {
  const codes = [...texts.keys()].flatMap((text) => {
    const word = GENDERS[text.toLowerCase()]
    return word === undefined || word === text ? [] : [[text, word] as const]
  })
  return codes.length === 0 ? heading : { column: heading, codes: Object.fromEntries(codes), otherwise: 'keep' }
}

function aboutScores(contents: Contents, dated: Dated, { service, team }: Context, dateCell: DateCell): object[] {
  const about = defined({ service: service?.heading, team: team?.heading })
  const { forms, totals, long } = contents
  if (long !== null) {
    const assessed_date = dateCell(dated.dateOf(null))
    const { kind, subject, value, item, item_codes, codes, measure } = long
    if (kind === 'coded_score') return [{ kind, code: subject?.heading, score: value.heading, assessed_date, ...about }]
    const named = subject === null ? { constant: measure } : withCodes(subject.heading, codes)
    if (kind === 'score') return [{ kind, measure: named, score: value.heading, assessed_date, ...about }]
    return [
      {
        kind,
        measure: named,
        item: withCodes(item?.heading ?? '', item_codes),
        answer: value.heading,
        assessed_date,
        ...about,
      },
    ]
  }
  return [
    ...forms.map(({ measure, columns, coding, minus, total, occasion }) => ({
      kind: 'assessment',
      measure: { constant: measure.measure_id },
      assessed_date: dateCell(dated.dateOf(occasion)),
      coding,
      ...(minus === 0 ? {} : { minus }),
      items: columns.map(({ heading }) => heading),
      ...(total === null ? {} : { total: total.facts.heading, total_scale: total.scale_id }),
      ...about,
    })),
    ...totals.map(({ measure, scale, facts, occasion }) => ({
      kind: 'assessment',
      measure: { constant: measure.measure_id },
      assessed_date: dateCell(dated.dateOf(occasion)),
      total: facts.heading,
      total_scale: scale.scale_id,
      ...about,
    })),
  ]
}

function withCodes(column: string, codes: Readonly<Record<string, string>>) {
  return Object.keys(codes).length === 0 ? column : { column, codes, otherwise: 'keep' }
}

function identityOf({ nhs_number, local_id }: PersonColumns) {
  return defined({ nhs_number: nhs_number?.heading, local_id: local_id?.heading })
}

function usedColumns(
  { forms, totals, long }: Contents,
  { nhs_number, local_id }: PersonColumns,
): readonly ColumnFacts[] {
  return [
    ...forms.flatMap(({ columns, total }) => [...columns, total?.facts]),
    ...totals.map(({ facts }) => facts),
    ...(long === null ? [] : [long.value, long.item, long.subject]),
    nhs_number,
    local_id,
  ].flatMap((facts) => facts ?? [])
}

/** Words that stand for nothing in the columns that are read, and the numbers that were said to. */
function blanksOf(used: readonly ColumnFacts[], { forms }: Contents, notebook: Notebook): string[] {
  const codes = forms.flatMap(({ measure, columns }) => {
    const said = notebook.decisions.find(({ about }) => about === `missing_code:${measure.measure_id}`)
    return said?.choice === 'not_answered' ? missingCodes(columns) : []
  })
  return [...new Set([...used.flatMap(({ blank_words }) => blank_words), ...codes])]
}

function defined<T extends object>(parts: T): Partial<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Partial<T>
}
