import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDigit } from '../../src/domain/nhs-number.ts'
import { findBytes } from '../../src/store/find-bytes.ts'
import { CliRoom } from '../pipelines/cli-room.ts'
import { unzipped } from '../unzipped.ts'

/** People whose every identifier is unlike anything else in the project. No date of theirs but the birth lies before 1970. */
const PEOPLE = Array.from({ length: 110 }, (_, nth) => {
  const nhs = nhsNumber(401_000_000 + nth * 7919)
  return {
    nhs,
    local_id: `RIO${770_000 + nth}`,
    first_name: `Zebedee${word(nth)}`,
    last_name: `Quarkington${word(nth)}`,
    postcode: `GL${(nth % 9) + 1} ${nth % 10}Z${String.fromCharCode(65 + (nth % 26))}`,
    phone: `07700 9${String(10_000 + nth * 37).slice(-5)}`,
    birth: { day: two((nth % 27) + 1), month: two((nth % 12) + 1), year: String(1931 + (nth % 38)) },
    referral: `REFNO${990_000 + nth}`,
  }
})

type Person = (typeof PEOPLE)[number]

const PROFILE = `profile: everything
title: Everything an export may hold
reads: csv
date_order: dmy
identity: { nhs_number: NHS Number, local_id: Client ID, provider: RIO }
left_out: { Notes: free text }
yields:
  - { kind: person, birth_date: DOB, gender: Gender, ethnic_category: Ethnicity }
  - { kind: referral, referral_ref: Referral ID, team: Team, referral_date: Referred, birth_date: DOB }
  - { kind: score, measure: { constant: reqol-10 }, score: ReQoL, assessed_date: Seen }
`

let room: CliRoom
const printed: string[] = []

beforeAll(async () => {
  room = new CliRoom()
  room.put('p/everything.yaml', PROFILE)
  room.put(
    'p/outcomes.yaml',
    `services: [{ code: rio, name: RIO, provider: RIO }]
sources: [{ files: 'clients*.csv', profile: everything.yaml }, { files: '*.ndjson', profile: lines.yaml }]
opt_out: { file: opted-out.csv, column: nhs }
identity_maps: [{ file: map.csv, from: { column: emis, provider: EMIS }, to: { column: nhs } }]\n`,
  )
  room.put('p/lines.yaml', PROFILE.replace('everything', 'lines').replace('csv', 'json'))
  room.put(`p/exports/clients ${PEOPLE[0]?.nhs} ${spaced(PEOPLE[1]?.nhs ?? '')}.csv`, csv(PEOPLE.map(fullRow)))
  room.put(
    'p/exports/broken.ndjson',
    `${PEOPLE.map((it) => JSON.stringify(fullRow(it, 4))).join('\n')}\n{"NHS Number": "${PEOPLE[5]?.nhs}\n`,
  )
  room.put(
    'p/opted-out.csv',
    `name,nhs\n${PEOPLE.slice(0, 9)
      .map((it) => `${it.first_name},${spaced(it.nhs)}`)
      .join('\n')}\n`,
  )
  room.put(
    'p/map.csv',
    `emis,nhs,name\n${PEOPLE.slice(20, 40)
      .map((it) => `E${it.nhs},${it.nhs},${it.last_name}`)
      .join('\n')}\n`,
  )
  room.put(
    'p/exports/clients-later.csv',
    csv([{ ...fullRow(PEOPLE[1] as Person, 1), 'NHS Number': '', 'Client ID': 'RIO779999' }]),
  )
  room.put('who.txt', `${PEOPLE[50]?.nhs}\n`)
  for (const args of [
    ['inspect', `p/exports/clients ${PEOPLE[0]?.nhs} ${spaced(PEOPLE[1]?.nhs ?? '')}.csv`],
    ['run', 'p', '--json'],
    ['quarantine', '--project', 'p', '--export', 'p/send-back.csv'],
    ['quarantine', '--project', 'p', '--json'],
    ['check', '--project', 'p', '--json'],
    ['people', '--project', 'p', '--internal', '--json'],
    ['results', '--project', 'p', '--internal', '--json'],
    ['purge', '--project', 'p', '--person', 'who.txt', '--certificate', 'p/certificate.txt'],
    ['ingest', PEOPLE[3]?.nhs ?? '', '--project', 'p'],
    ['ingest', 'p/exports/broken.ndjson', '--profile', PEOPLE[4]?.nhs ?? '', '--project', 'p'],
    ['purge', '--project', 'p', '--person', PEOPLE[7]?.nhs ?? ''],
  ]) {
    const told = await room.type(args)
    printed.push(told.out, told.err)
  }
})
afterAll(() => room.leave())

describe('1,000 planted identifiers (C1)', () => {
  it('are in the exports, in as many spellings: the search finds what is there', () => {
    expect(identifiers().length).toBeGreaterThanOrEqual(1000)
    const [exports] = search((path) => path.startsWith('p/exports/'), spellings(identifiers()).plain)
    expect(exports).toEqual([])
  })

  it('are in no byte that the program wrote or said: store, log, reports, workbooks, send-back list, certificate, messages', () => {
    const { plain, disguised } = spellings(identifiers())
    const needles = [...plain, ...disguised]
    const [, found, files] = search(isWritten, needles)
    expect(files).toEqual(expect.arrayContaining(['p/.outcomes/store.sqlite', 'p/send-back.csv', 'p/certificate.txt']))
    expect(files.filter((file) => file.startsWith('p/reports/')).length).toBeGreaterThan(5)
    expect(found).toEqual([])
    expect(namesOf(printed.join('\n'), needles)).toEqual([])
  })

  it('the same search finds what is there: the pseudonym of somebody in the store', () => {
    const people = JSON.parse(printed[10] ?? '') as { unmatched: { pseudonym: string }[] }
    const pseudonyms = people.unmatched.map((it) => it.pseudonym)
    const [absent] = search((path) => path === 'p/.outcomes/store.sqlite', [...pseudonyms, 'White British'])
    expect([pseudonyms.length, absent]).toEqual([1, []])
  })

  it('loaded and held back alike: both kinds of row were there to give them away', () => {
    const run = JSON.parse(printed[2] ?? '') as { accounts: Record<string, number> }
    expect(run.accounts.loaded).toBeGreaterThan(50)
    expect(run.accounts.quarantined).toBeGreaterThan(50)
  })
})

/** Every cell that an export could hold, faults included: an identifier where a score, a date or a team should be. */
function fullRow(it: Person, nth: number): Record<string, string> {
  const birth = `${it.birth.day}/${it.birth.month}/${it.birth.year}`
  return {
    'NHS Number': [it.nhs, spaced(it.nhs), it.nhs.replace(/(...)(...)/, '$1-$2-')][nth % 3] ?? '',
    'Client ID': it.local_id,
    Name: `${it.first_name} ${it.last_name}`,
    Postcode: nth % 2 === 0 ? it.postcode : it.postcode.replace(' ', ''),
    Phone: it.phone,
    DOB: nth % 11 === 5 ? `${it.birth.year}-${it.birth.month}-${it.birth.day}` : birth,
    Gender: nth % 13 === 7 ? it.last_name : 'F',
    Ethnicity: nth % 13 === 6 ? it.first_name : 'White British',
    'Referral ID': it.referral,
    Team: nth % 10 === 9 ? `Team of ${it.nhs}` : nth % 10 === 8 ? `near ${it.postcode}` : 'OATS',
    Referred: '01/02/2025',
    Seen: nth % 17 === 3 ? `born ${birth}` : '03/02/2025',
    ReQoL: nth % 5 === 0 ? `${it.first_name} ${it.phone}` : '12',
    Notes: `${it.first_name} born ${it.birth.year}-${it.birth.month}-${it.birth.day}, ${birth}, ${it.phone.replaceAll(' ', '')}, ${spaced(it.nhs)} ${it.nhs} ${it.postcode} ${it.last_name}`,
  }
}

function csv(rows: readonly Record<string, string>[]): string {
  const cells = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
  return `${cells.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\r\n')}\r\n`
}

/** Texts that name a person. A month of birth is kept and names nobody; a full date would. */
function identifiers(): string[] {
  return PEOPLE.flatMap((it) => [
    it.nhs,
    spaced(it.nhs),
    it.local_id,
    it.first_name,
    it.last_name,
    it.postcode,
    it.phone,
    it.phone.replaceAll(' ', ''),
    `${it.birth.year}-${it.birth.month}-${it.birth.day}`,
    `${it.birth.day}/${it.birth.month}/${it.birth.year}`,
    it.referral,
  ])
}

function spellings(texts: readonly string[]): { plain: string[]; disguised: string[] } {
  const disguised = texts.flatMap((text) => [
    [...text].reverse().join(''),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    Buffer.from(text).toString('hex'),
    Buffer.from(text, 'utf16le').toString('latin1'),
    encodeURIComponent(text),
  ])
  return { plain: [...texts], disguised: disguised.filter((text) => !texts.includes(text)) }
}

const isWritten = (path: string) =>
  path.startsWith('p/') && !/^p\/(exports|[a-z-]+\.yaml|map\.csv|opted-out\.csv)/.test(path)

/** Gives the needles that no such file holds, the finds as `file: needle`, and the files. */
function search(isMeant: (path: string) => boolean, needles: readonly string[]): [string[], string[], string[]] {
  const files = readdirSync(room.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isMeant(path.slice(room.dir.length + 1)))
  const met = new Set<string>()
  const found: string[] = []
  for (const file of files) {
    const bytes = readFileSync(file)
    const text = file.endsWith('.xlsx') ? `${bytes.toString('latin1')}${unzipped(bytes)}` : bytes.toString('latin1')
    for (const needle of namesOf(`${text}\n${file}`, needles)) {
      met.add(needle)
      found.push(`${file.slice(room.dir.length + 1)}: ${needle}`)
    }
  }
  return [needles.filter((needle) => !met.has(needle)), found, files.map((file) => file.slice(room.dir.length + 1))]
}

function namesOf(text: string, needles: readonly string[]): string[] {
  const found = findBytes(
    [Buffer.from(text, 'latin1')],
    needles.map((needle) => Buffer.from(needle, 'latin1')),
  )
  return [...found].map((nth) => needles[nth] as string)
}

function nhsNumber(nine: number): string {
  const check = checkDigit(String(nine))
  return check === null ? nhsNumber(nine + 1) : `${nine}${check}`
}

function spaced(nhs: string): string {
  return `${nhs.slice(0, 3)} ${nhs.slice(3, 6)} ${nhs.slice(6)}`
}

/** Letters, so that no name is the beginning of another. */
function word(nth: number): string {
  return `${String.fromCharCode(97 + Math.floor(nth / 26))}${String.fromCharCode(97 + (nth % 26))}x`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
