import type { Database } from 'better-sqlite3'
import { checkDigit } from '../../src/domain/nhs-number.ts'
import type { FoundProfile } from '../../src/ingest/find-profile.ts'
import type { Random } from '../../src/stats/random.ts'
import { bundled, profile } from '../ingest/reading-room.ts'
import * as spell from './spell.ts'
import { NOTHING, type Row, type Said } from './spell.ts'

/** What one record comes to in the store: the same words whether spelled from its cells or read back from the tables. */
export type Reading = Readonly<Record<string, string | number | null>>

/** A coded score may have a decimal. */
export type CellKind = 'score' | 'coded_score' | 'answer' | 'iso_date' | 'uk_date' | 'nhs_number' | 'local_id' | 'word'

/** A kind of export whose truth is known: how records are made up, and what each of them says. */
export interface Kind {
  readonly name: string
  readonly profile: FoundProfile
  readonly headings: readonly string[]
  /** What stands in each column, for damage that fits it; null: the column is not read. */
  readonly cells: readonly (CellKind | null)[]
  record(random: Random, number: number): string[]
  /** What the cells say; null where they say nothing that may be loaded. */
  spell(row: Row): Reading | null
  stored(db: Database): (Reading & { row_number: number })[]
}

const SCORES: Readonly<Record<string, { measure_id: string; max: number }>> = {
  phq9: { measure_id: 'phq-9', max: 27 },
  gad7: { measure_id: 'gad-7', max: 21 },
  pcl5: { measure_id: 'pcl-5', max: 80 },
}

const PEOPLE = `
  left join identity nhs on nhs.identity_key = held.nhs_identity_key
  left join identity local on local.identity_key = held.local_identity_key
`

export const plain: Kind = {
  name: 'plain layout',
  profile: bundled('plain-layout'),
  headings: [
    'person_id',
    'nhs_number',
    'measure',
    'score_date',
    'score',
    'service',
    'gender',
    'date_of_birth',
    'referral_date',
    'discharge_date',
    'comment',
  ],
  cells: [
    'local_id',
    'nhs_number',
    'word',
    'iso_date',
    'score',
    'word',
    'word',
    'iso_date',
    'iso_date',
    'iso_date',
    null,
  ],
  record: (random, n) => [
    `C-${100 + n}`,
    chance(random, 0.8) ? nhs(random) : '',
    pick(random, ['PHQ-9', 'GAD-7', 'PCL-5']),
    iso(random, 2024),
    String(upTo(random, 22)),
    pick(random, ['Café Trauma', 'Vale, North', 'Stroud', 'The "Stroud" team']),
    pick(random, ['female', 'male', 'not stated', '']),
    iso(random, 1960 + upTo(random, 40)),
    iso(random, 2023),
    chance(random, 0.5) ? iso(random, 2025) : '',
    pick(random, ['', '', 'came late', 'said "well"', 'two\nlines', 'so; so']),
  ],
  spell: (row) => {
    const measure = spell.oneOf(row('measure'), Object.fromEntries(Object.keys(SCORES).map((name) => [name, name])))
    const measure_id = typeof measure === 'string' ? (SCORES[measure]?.measure_id ?? null) : NOTHING
    return whole({
      nhs: spell.nhsNumber(row('nhs_number')),
      local: spell.localId(row('person_id')),
      measure_id,
      scale: 'total',
      score: spell.number(row('score')),
      assessed_date: spell.date(row('score_date'), 'ymd'),
      service_code: spell.service(row('service')),
      gender: spell.gender(row('gender')),
      birth_month: month(spell.date(row('date_of_birth'), 'ymd')),
      referral_date: spell.date(row('referral_date'), 'ymd'),
      discharge_date: spell.date(row('discharge_date'), 'ymd'),
      first_contact_date: spell.date(row('first_contact_date'), 'ymd'),
      n_people: 1,
    })
  },
  stored: (db) =>
    read(
      db,
      `select held.row_number, nhs.pseudonym as nhs, local.pseudonym as local, held.measure_id, held.supplied_scale as scale,
         held.supplied_score as score, held.assessed_date, held.service_code, person.birth_month,
         coalesce(person.gender, (select 'flagged' from flagged_row where code = 'unknown_code' and column_name like '%gender%'
           and row_number = held.row_number)) as gender,
         referral.referral_date, referral.discharge_date, referral.first_contact_date,
         (select count(distinct coalesce(nhs_identity_key, 0) || '/' || coalesce(local_identity_key, 0)) from (
           select nhs_identity_key, local_identity_key, row_number from assessment_record union all
           select nhs_identity_key, local_identity_key, row_number from person_record union all
           select nhs_identity_key, local_identity_key, row_number from referral_record
         ) as said where said.row_number = held.row_number) as n_people
       from assessment_record held ${PEOPLE}
       left join person_record person on person.row_number = held.row_number
       left join referral_record referral on referral.row_number = held.row_number`,
    ),
}

const ITEMS = Array.from({ length: 20 }, (_, index) => `pcl_${index + 1}`)

export const questionnaires: Kind = {
  name: 'wide questionnaires',
  profile: profile(`
profile: mutant-questionnaires
title: Wide questionnaires, their answers and total
reads: csv
date_order: dmy
identity: { local_id: person_id }
yields:
  - kind: assessment
    measure: { constant: pcl-5 }
    assessed_date: assessed_on
    team: { column: team, optional: true }
    items: { pattern: 'pcl_{n}', count: 20 }
    total: { column: pcl_total, optional: true }
`),
  headings: ['person_id', 'team', 'assessed_on', ...ITEMS, 'pcl_total'],
  cells: ['local_id', 'word', 'uk_date', ...ITEMS.map(() => 'answer' as const), 'score'],
  record: (random, n) => {
    const answers = ITEMS.map(() => upTo(random, 5))
    const isWhole = chance(random, 0.7)
    if (!isWhole) answers[upTo(random, 20)] = -1
    const total = isWhole ? String(answers.reduce((sum, answer) => sum + answer, 0)) : ''
    const [year = '', monthNumber = '', day = ''] = iso(random, 2024).split('-')
    return [
      `P${String(n).padStart(4, '0')}`,
      pick(random, ['Stroud, and the Vale', 'Zoë’s team', 'North', 'The "North" team']),
      `${day}/${monthNumber}/${year}`,
      ...answers.map((answer) => (answer < 0 ? '' : String(answer))),
      total,
    ]
  },
  spell: (row) => {
    const answers = ITEMS.map((heading) => spell.number(row(heading)))
    const total = spell.number(row('pcl_total'))
    return whole({
      local: spell.localId(row('person_id')),
      team: spell.label(row('team')),
      assessed_date: spell.date(row('assessed_on'), 'dmy'),
      items: answers.includes(NOTHING)
        ? NOTHING
        : answers.every((it) => it === null)
          ? null
          : answers.map(String).join(),
      scale: total === null ? null : 'total',
      score: total,
      measure_id: 'pcl-5',
      coding: 'scored',
    })
  },
  stored: (db) =>
    read(
      db,
      `select held.row_number, local.pseudonym as local, held.team, held.assessed_date, held.items,
         held.supplied_scale as scale, held.supplied_score as score, held.measure_id, held.coding
       from assessment_record held ${PEOPLE}`,
    ).map((row) => ({ ...row, items: typeof row.items === 'string' ? asNumbers(row.items) : null })),
}

const EVENTS = ['gp', 'ambulance', 'crisis_line', 'admission_mental_health']

export const events: Kind = {
  name: 'service events',
  profile: profile(`
profile: mutant-events
title: Service events
reads: csv
date_order: ymd
identity: { nhs_number: nhs_number }
yields:
  - kind: event
    event_ref: event_id
    event_type: { column: event_type, codes: { gp: gp, ambulance: ambulance, crisis_line: crisis_line, admission_mental_health: admission_mental_health }, otherwise: quarantine }
    start_date: start_date
    end_date: { column: end_date, optional: true }
    provider: { column: provider, optional: true }
`),
  headings: ['event_id', 'nhs_number', 'event_type', 'start_date', 'end_date', 'provider', 'postcode'],
  cells: ['local_id', 'nhs_number', 'word', 'iso_date', 'iso_date', 'word', null],
  record: (random, n) => [
    `E${n}`,
    nhs(random),
    pick(random, EVENTS),
    iso(random, 2023),
    chance(random, 0.4) ? iso(random, 2024) : '',
    pick(random, ['RTQ', 'RXN', '']),
    'ZZ99 3VZ',
  ],
  spell: (row) => {
    const type = spell.label(row('event_type').toLowerCase())
    return whole({
      nhs: spell.nhsNumber(row('nhs_number')),
      event_ref: spell.reference(row('event_id')),
      event_type: type === null || EVENTS.includes(String(type)) ? type : NOTHING,
      start_date: spell.date(row('start_date'), 'ymd'),
      end_date: spell.date(row('end_date'), 'ymd'),
      provider: spell.label(row('provider')),
    })
  },
  stored: (db) =>
    read(
      db,
      `select held.row_number, nhs.pseudonym as nhs, held.event_ref, held.event_type, held.start_date, held.end_date,
         held.provider_code as provider from service_event held ${PEOPLE}`,
    ),
}

/** Scores as FHIR observations; `headings` are those of the sheet that the reader lays them out in. */
export const observations: Kind = {
  name: 'FHIR observations',
  profile: bundled('fhir-observation'),
  headings: ['observation_id', 'status', 'patient_id', 'code', 'date', 'score'],
  cells: [null, null, 'local_id', null, null, 'coded_score'],
  record: (random, n) => [
    `o${n}`,
    'final',
    `p${100 + upTo(random, 12)}`,
    '720433000',
    `${iso(random, 2024)}T09:30:00Z`,
    String(upTo(random, 28)),
  ],
  spell: (row) => {
    const isScore = ['final', 'amended', 'corrected'].includes(row('status')) && row('code') === '720433000'
    return whole({
      local: isScore ? spell.localId(row('patient_id')) : NOTHING,
      measure_id: 'phq-9',
      score: spell.number(row('score')),
      assessed_date: spell.date(row('date'), 'ymd'),
    })
  },
  stored: (db) =>
    read(
      db,
      `select held.row_number, local.pseudonym as local, held.measure_id, held.supplied_score as score, held.assessed_date
       from assessment_record held ${PEOPLE}`,
    ),
}

export const KINDS: readonly Kind[] = [plain, questionnaires, events, observations]

function whole(said: Readonly<Record<string, Said<string | number>>>): Reading | null {
  return Object.values(said).includes(NOTHING) ? null : (said as Reading)
}

function month(date: Said<string>): Said<string> {
  return typeof date === 'string' ? date.slice(0, 7) : date
}

function asNumbers(items: string): string {
  return items
    .split(',')
    .map((item) => String(item === '' ? null : Number(item)))
    .join()
}

function read(db: Database, sql: string): (Reading & { row_number: number })[] {
  return db.prepare(sql).all() as (Reading & { row_number: number })[]
}

export function upTo(random: Random, n: number): number {
  return Math.floor(random() * n)
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[upTo(random, items.length)] as Item
}

export function chance(random: Random, share: number): boolean {
  return random() < share
}

function iso(random: Random, year: number): string {
  return `${year}-${String(1 + upTo(random, 12)).padStart(2, '0')}-${String(1 + upTo(random, 28)).padStart(2, '0')}`
}

/** In the range set aside for nobody. */
function nhs(random: Random): string {
  const nine = String(400_000_000 + upTo(random, 99_000_000))
  const check = checkDigit(nine)
  return check === null ? nhs(random) : `${nine}${check}`
}
