import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { dateOfDay } from '../src/domain/iso-date.ts'
import { checkDigit } from '../src/domain/nhs-number.ts'

/**
 * Synthetic exports of any size, the same for the same seed. One row in fifty has a quoted cell, one in two thousand is faulty:
 * what a reader must be able to take, at the rate it really comes.
 */

const PCL_ITEMS = 20
const FIRST_DAY = 18_993 // 2022-01-01
const DAYS = 1400
const ROWS_PER_CHUNK = 10_000

/** Wide questionnaires: person, team, date, twenty answers, their total. 24 columns, about 65 bytes a row. */
export async function writeQuestionnaires(path: string, rows: number, people: number): Promise<void> {
  const random = generator(11)
  const heading = ['person_id', 'team', 'assessed_on', ...numbers(PCL_ITEMS).map((n) => `pcl_${n}`), 'pcl_total']
  await writeRows(path, heading, rows, (row) => {
    const items: number[] = []
    let total = 0
    for (let item = 0; item < PCL_ITEMS; item++) {
      const answer = Math.floor(random() * 5)
      items.push(answer)
      total += answer
    }
    const team = row % 50 === 0 ? '"Stroud, and the Vale"' : `Team ${row % 12}`
    const isFaulty = row % 2000 === 1999
    const date = isFaulty ? '31/02/2024' : ukDate(FIRST_DAY + Math.floor(random() * DAYS))
    return `P${String(Math.floor(random() * people)).padStart(6, '0')},${team},${date},${items.join(',')},${total}`
  })
}

const EVENTS = ['ae_attendance', 'acute_admission', 'gp_contact', 'crisis_line', 'ambulance']

/** Uses of other services: event number, NHS number, kind, start, end. */
export async function writeEvents(path: string, rows: number, people: number): Promise<void> {
  const random = generator(12)
  const persons = numbers(people).map((n) => nhsNumber(n))
  await writeRows(path, ['event_id', 'nhs_number', 'event_type', 'start_date', 'end_date'], rows, (row) => {
    const day = FIRST_DAY + Math.floor(random() * DAYS)
    const type = EVENTS[Math.floor(random() * EVENTS.length)] as string
    const end = type === 'acute_admission' ? dateOfDay(day + Math.floor(random() * 9)) : ''
    const start = row % 2000 === 1999 ? '2024-02-31' : dateOfDay(day)
    return `E${row},${persons[Math.floor(random() * people)]},${type},${start},${end}`
  })
}

/** One referral a person, at least a year after the first event and before the last: the day from which their use is split. */
export async function writeReferrals(path: string, people: number): Promise<void> {
  const random = generator(13)
  const heading = ['referral_id', 'nhs_number', 'referral_date', 'first_contact_date', 'discharge_date']
  await writeRows(path, heading, people, (row) => {
    const day = FIRST_DAY + 400 + Math.floor(random() * (DAYS - 500))
    const seen = day + Math.floor(random() * 60)
    const left = random() < 0.6 ? dateOfDay(seen + 30 + Math.floor(random() * 300)) : ''
    return `R${row},${nhsNumber(row)},${dateOfDay(day)},${dateOfDay(seen)},${left}`
  })
}

async function writeRows(
  path: string,
  heading: readonly string[],
  rows: number,
  rowOf: (row: number) => string,
): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 })
  let text = `${heading.join(',')}\r\n`
  for (let row = 1; row <= rows; row++) {
    text += `${rowOf(row)}\r\n`
    if (row % ROWS_PER_CHUNK !== 0 && row < rows) continue
    if (!file.write(text)) await once(file, 'drain')
    text = ''
  }
  file.end()
  await once(file, 'close')
}

function ukDate(day: number): string {
  const [year, month, date] = dateOfDay(day).split('-')
  return `${date}/${month}/${year}`
}

/** A valid NHS number made from a counter, in the range set aside for nobody (400 000 000 up). */
function nhsNumber(counter: number): string {
  for (let nine = 400_000_000 + counter * 11; ; nine++) {
    const check = checkDigit(String(nine))
    if (check !== null) return `${nine}${check}`
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
