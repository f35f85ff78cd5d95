import { gzipSync } from 'node:zlib'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { inferFile } from '../../src/ingest/infer/infer-file.ts'
import { createRandom } from '../../src/stats/random.ts'
import { openStore } from '../../src/store/open.ts'
import { book, rows } from '../ingest/readers/book-room.ts'
import { zip } from '../ingest/readers/zip-room.ts'
import { file, profile } from '../ingest/reading-room.ts'
import { MutantRoom } from '../mutants/read-mutant.ts'
import { runMutant } from '../mutants/run-mutant.ts'
import { drawWorld, modelOf } from '../store/world.ts'
import { JSON_TEXTS } from './json-texts.ts'
import { type Case, csv, dumpOf, dumpOfFiles, GOOD, HEAD, type How, outcome, read } from './outcome.ts'
import { CLEAN, POLLUTED } from './polluted.ts'

const AS_JSON = '{"person_id":"A","measure":"GAD-7","score_date":"2025-01-02","score":9}'
const PHQ = Array.from({ length: 9 }, (_, index) => `q${index + 1}`)
const EIGHT = csv(...Array.from({ length: 8 }, (_, n) => `P${n},PHQ-9,2025-0${n + 1}-02,${n * 3}`))
const XLSX = { name: 'x.xlsx' }
const ONE = GOOD.split(',')
const sheet = (...records: readonly (readonly string[])[]) => ({ S: rows(HEAD.split(','), ...records) })
const workbook = (...records: readonly (readonly string[])[]) => book({ sheets: sheet(...records) })
const is = (id: string, title: string, content: string | Buffer, expected: RegExp | string, how?: How): Case => ({
  id,
  title,
  check: () => outcome(content, how),
  expected,
})
const shows = (id: string, title: string, check: Case['check'], expected: RegExp | string): Case => ({
  id,
  title,
  check,
  expected,
})

const cleanText = POLLUTED[0]?.[1] ?? ''

const CORPORA: readonly Case[] = [
  ...POLLUTED.map(([title, content]) =>
    shows(
      'B2',
      `public corpus of polluted tables not held; our own: ${title}`,
      async () =>
        (await dumpOfFiles([content])) === (await dumpOfFiles([cleanText])) ? 'the same six records' : 'others',
      'the same six records',
    ),
  ),
  shows('B2', 'the six records as they should be are all read', () => outcome(cleanText), `${CLEAN.length - 1}/6`),
  shows(
    'B3',
    'public corpora of bad tables not held; our own mutants crash nothing',
    () => mutants('B3', 60),
    'none wrong',
  ),
  ...JSON_TEXTS.map(([verdict, text]) =>
    shows(
      'B4',
      `public suite of JSON texts not held; our own: ${JSON.stringify(text)}`,
      async () => {
        const told = await outcome(`{"x":${text},${AS_JSON.slice(1)}\n${AS_JSON.replace('"A"', '"B"')}\n`, {
          name: 'x.ndjson',
        })
        return verdict === 'i' && /^(2\/2|1\/2; 1 not_json)$/.test(told) ? 'either' : told
      },
      verdict === 'y' ? '2/2' : verdict === 'i' ? 'either' : '1/2; 1 not_json',
    ),
  ),
  ...(
    [
      ['texts of their own, not shared', sheet(ONE)],
      ['cells that do not say where they are', { S: rows(HEAD.split(','), ONE).replace(/ r="[A-Z]+\d+"/g, '') }],
      ['names with a prefix', { S: rows(HEAD.split(','), ONE).replace(/<(\/?)(?=[a-z])/g, '<$1x:') }],
      ['attributes in single quotation marks', { S: rows(HEAD.split(','), ONE).replaceAll('"', "'") }],
      ['text in several fonts', sheet(['<c t="inlineStr"><is><r><t>A</t></r></is></c>', ...ONE.slice(1)])],
      ['a number with an exponent', sheet([...ONE.slice(0, 3), '<c><v>9E0</v></c>'])],
    ] as const
  ).map(([title, sheets]) =>
    is('B5', `public corpus of workbooks not held; our own: ${title}`, book({ sheets }), '1/1', XLSX),
  ),
]

/** XML that is not well formed would lose a value without a word, or take a place in a list for a number. */
const SHARED = { ...sheet(['<c t="s"><v>0</v></c>', ...ONE.slice(1)]) }
const BROKEN_XML = (
  [
    ['an element that another one closes', (xml: string) => xml.replace('</c>', '</d>')],
    ['an attribute without quotation marks', (xml: string) => xml.replace('t="s"', 't=s')],
    ['an attribute without a value', (xml: string) => xml.replace('t="s"', 't')],
    ['an attribute that no cell has', (xml: string) => xml.replace('t="s"', 'u="s"')],
    ['text that is no value', (xml: string) => xml.replace('<v>0</v>', '0')],
    ['a place in a list that is no number', (xml: string) => xml.replace('<v>0</v>', '<v>0x0</v>')],
  ] as const
).map(([title, damage]) =>
  is(
    'B5',
    `a damaged workbook: ${title}`,
    book({ sheets: { S: damage(SHARED.S) }, shared: '<si><t>A</t></si>' }),
    /is damaged or was cut short/,
    XLSX,
  ),
)

const ATTACKS: readonly Case[] = [
  is('B6', 'a .gz that unpacks to 12 MiB', gzipSync(Buffer.alloc(12 * 2 ** 20, 97)), /far more than its size/, {
    name: 'x.csv.gz',
  }),
  is(
    'B6',
    'an archive that says its member is 2 GiB',
    zip([{ name: 'a.csv', bytes: csv(GOOD), says: 2 ** 31 }]),
    /far more than its size/,
    { name: 'x.zip' },
  ),
  is(
    'B6',
    'a cell of 2 MiB in a workbook',
    workbook(['x'.repeat(2 ** 21), ...ONE.slice(1)]),
    /a cell of more than 1 MiB/,
    XLSX,
  ),
  is(
    'B7',
    'entities that multiply',
    book({ sheets: { S: `<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${rows(['&b;'])}` } }),
    /declares a document type/,
    XLSX,
  ),
  ...['file:///etc/passwd', 'http://127.0.0.1:9/x'].map((url) =>
    is(
      'B8',
      `an entity from ${url.slice(0, 4)}`,
      book({ sheets: { S: `<!DOCTYPE x [<!ENTITY e SYSTEM "${url}">]>${rows(['&e;'])}` } }),
      /declares a document type/,
      XLSX,
    ),
  ),
  is(
    'B9',
    'a member that leads out of its folder',
    zip([{ name: '../x.csv', bytes: csv(GOOD) }]),
    /leads out of its folder/,
    {
      name: 'x.zip',
    },
  ),
  is(
    'B10',
    'two members of one name',
    zip([
      { name: 'a.csv', bytes: csv(GOOD) },
      { name: 'a.csv', bytes: csv('B,GAD-7,2025-01-02,1') },
    ]),
    /two parts of the same name/,
    { name: 'x.zip' },
  ),
  is(
    'B11',
    'a cell in the last column of the sheet',
    book({ sheets: { S: sheet(ONE).S.replace('</row></sheetData>', '<c r="XFD2"><v>1</v></c></row></sheetData>') } }),
    '0/1; 2 too_many_cells',
    XLSX,
  ),
  is(
    'B12',
    'a sheet that is exactly full',
    book({
      sheets: {
        S: sheet(ONE)
          .S.replace('<row r="2"', '<row r="1048576"')
          .replaceAll(/([A-D])2"/g, '$11048576"'),
      },
    }),
    /^1\/1; There are exactly 1,048,576 rows/,
    XLSX,
  ),
  is(
    'B13',
    'an old sheet that is exactly full, saved as CSV',
    `${HEAD}\n${',\n'.repeat(65_535)}`,
    /exactly 65,536 rows/,
  ),
]

const WORKBOOKS: readonly Case[] = [
  is(
    'B14',
    'a hidden row and a hidden sheet',
    book({ sheets: { S: sheet(ONE).S.replace('<row r="2"', '<row r="2" hidden="1"'), '~T': rows(['x']) } }),
    /^1\/1; .*hidden sheet.*; 1 hidden row was read/,
    XLSX,
  ),
  is(
    'B15',
    'a formula with its value',
    workbook([...ONE.slice(0, 3), '<c><f>4+5</f><v>9</v></c>']),
    /^1\/1; 1 cell is a formula/,
    XLSX,
  ),
  is(
    'B15',
    'a formula without',
    workbook([...ONE.slice(0, 3), '<c><f>4+5</f></c>']),
    '0/1; 2 formula_without_value',
    XLSX,
  ),
  ...['#N/A', '#REF!'].map((text) =>
    is('B16', text, workbook([...ONE.slice(0, 3), `<c t="e"><v>${text}</v></c>`]), '0/1; 2 error_cell', XLSX),
  ),
  is('B17', 'day 60 of 1900', workbook(['A', 'GAD-7', '<c s="1"><v>60</v></c>', '9']), '0/1; 2 not_a_date', XLSX),
  shows(
    'B17',
    'a day of the 1904 calendar',
    async () => {
      const sheets = sheet(['A', 'GAD-7', '<c s="1"><v>44197</v></c>', '9'])
      const { rows: held } = await read(book({ sheets, settings: '<workbookPr date1904="1"/>' }), XLSX)
      return String(held('assessment_record')[0]?.assessed_date)
    },
    '2025-01-02',
  ),
  is(
    'B18',
    'merged cells, not declared',
    book({ sheets: { S: `${sheet(ONE, ['', ...ONE.slice(1)]).S}<mergeCells><mergeCell ref="A2:A3"/></mergeCells>` } }),
    '1/2; 3 missing_person',
    XLSX,
  ),
  is('B19', 'two rows of headings', csv('Person,Measure,Date,Score', GOOD), /^1\/2; 2 unknown_measure/),
]

const COLUMNS: readonly Case[] = [
  is('B20', 'two headings the same', `${HEAD},Score\n${GOOD},8\n`, /columns 4 and 5 have the same heading, "Score"/),
  shows(
    'B21',
    'headings and keys of JavaScript’s own',
    async () => {
      const told = [
        await outcome(`${HEAD},__proto__,constructor,toString\n${GOOD},1,2,3\n`),
        await outcome(`[{"__proto__":{"x":1},"constructor":2,${AS_JSON.slice(1)}]`, { name: 'x.json' }),
      ]
      return `${told.join(' and ')}; ${String(({} as Record<string, unknown>).x)}`
    },
    '1/1 and 1/1; undefined',
  ),
  shows(
    'B22',
    'days no month could be told from: it asks',
    async () => {
      const text = csv('A,PHQ-9,02/01/2025,9', 'B,PHQ-9,03/04/2025,8').replace('score_date', 'Assessment date')
      const { guess } = await inferFile(await examineFile(file(text)), new Map())
      return guess.questions.map(({ id }) => id).join()
    },
    /date/,
  ),
  is('B23', 'one row of another order', csv('A,GAD-7,13/02/2025,9', 'B,GAD-7,02/13/2025,8'), '1/2; 3 not_a_date', {
    date_order: 'dmy',
  }),
  is('B24', 'a year of two digits', csv('A,GAD-7,02/01/25,9'), '0/1; 2 two_digit_year'),
  shows(
    'B25',
    'nights on which the clocks change, wherever the computer stands',
    clocks,
    '2025-03-30 2025-10-26, everywhere',
  ),
]

const VALUES: readonly Case[] = [
  is(
    'B26',
    'scores that cannot be',
    csv(
      'A,PHQ-9,2025-01-02,28',
      'A,GAD-7,2025-01-02,22',
      'A,GAD-7,2025-01-02,-1',
      'A,GAD-7,2025-01-02,8.5',
      'A,GAD-7,2025-01-02,1e1',
    ),
    '0/5; 2 score_out_of_range; 3 score_out_of_range; 4 score_out_of_range; 5 not_an_integer; 6 not_a_number',
  ),
  is(
    'B27',
    'answers that do not add up to the total',
    wide('A,1,1,1,1,1,1,1,1,1,10'),
    '1/1; 2 total_disagrees',
    wideProfile(),
  ),
  is(
    'B28',
    'gone before referred; born after; in the future',
    [
      `${HEAD},referral_date,discharge_date,date_of_birth`,
      `${GOOD},2025-01-02,2025-01-01,1990-01-01`,
      `${GOOD},2025-01-02,,2025-01-03`,
      `${GOOD},2027-01-02,,`,
      '',
    ].join('\n'),
    '0/3; 2 discharge_before_referral; 3 birth_after_referral; 4 date_in_future',
  ),
  shows('B28', 'a contact after death is flagged', afterDeath, 'contact_after_death'),
  shows('B29', 'stays that overlap are flagged, and their days count once', overlapping, 'overlapping_stays; 15 days'),
  shows(
    'B30',
    'two scores of one person, measure and day: both held, in no pair',
    sameDay,
    'two_scores_same_day twice; no first score',
  ),
  is(
    'B31',
    'NHS numbers: wrong check digit, in groups, scientific, for testing, all digits the same',
    [
      `nhs_number,${HEAD}`,
      `9434765918,${GOOD}`,
      `943 476 5919,${GOOD}`,
      `9.43477E+09,${GOOD}`,
      `9990000018,${GOOD}`,
      `1111111111,${GOOD}`,
      '',
    ].join('\n'),
    '2/5; 2 nhs_number_check_digit; 4 nhs_number_scientific; 6 nhs_number_check_digit; 5 test_nhs_number',
  ),
  shows(
    'B32',
    'leading noughts and digits beyond 2^53 keep people apart',
    async () => {
      const ids = ['7', '007', '9007199254740992', '9007199254740993']
      return String((await read(csv(...ids.map((id) => `${id},GAD-7,2025-01-02,9`)))).rows('identity').length)
    },
    '4',
  ),
  shows(
    'B33',
    'one service, however its accents are written',
    async () => {
      const { rows: held } = await read(`${HEAD},service\n${GOOD},Café\nB,GAD-7,2025-01-02,9,Cafe\u0301 \n`)
      return String(new Set(held('assessment_record').map((row) => row.service_code)).size)
    },
    '1',
  ),
  is('B34', 'an NHS number for a gender', `${HEAD},gender\n${GOOD},943 476 5919\n`, '0/1; 2 identifier_in_label'),
  shows(
    'B35',
    'a column that is not known is named and not kept',
    async () => {
      const { report, store } = await read(`${HEAD},next of kin\n${GOOD},Besty Tester\n`)
      return `${report.columns_left_out.join()}; ${store.sqlite.serialize().includes('Besty')}`
    },
    'next of kin; false',
  ),
  shows('B36', 'mutants of valid files', () => mutants('B36', 60), 'none wrong'),
]

const WHOLE: readonly Case[] = [
  shows(
    'B37',
    'columns shuffled, and more of them: the same store',
    async () => same([EIGHT], [shuffled(EIGHT)]),
    'the same',
  ),
  shows('B38', 'split in two: the same store', async () => same([EIGHT], halves(EIGHT)), 'the same'),
  shows(
    'B38',
    'concatenated, headings and all: the same store',
    async () => same([EIGHT], [halves(EIGHT).join('')]),
    'the same',
  ),
  shows(
    'B39',
    'held back, put right, sent again: loaded, and it adds up',
    putRight,
    '1 + 0 + 1, then 1 + 1 + 0; the same',
  ),
]

export const INPUT_CASES: readonly Case[] = [
  ...CORPORA,
  ...BROKEN_XML,
  ...ATTACKS,
  ...WORKBOOKS,
  ...COLUMNS,
  ...VALUES,
  ...WHOLE,
]

async function mutants(seed: string, n: number): Promise<string> {
  const room = new MutantRoom()
  try {
    for (let number = 0; number < n; number++) {
      const { name, violations } = await runMutant(room, seed, number)
      if (violations.length > 0) return `${number}, ${name}: ${violations.join('; ')}`
    }
    return 'none wrong'
  } finally {
    room.close()
  }
}

async function clocks(): Promise<string> {
  const text = csv('A,GAD-7,2025-03-30T00:30:00+00:00,9', 'A,GAD-7,2025-10-26T01:30:00+01:00,8')
  const home = process.env.TZ
  const seen = new Set<string>()
  for (const zone of ['UTC', 'Europe/London', 'Pacific/Auckland', 'America/Los_Angeles']) {
    process.env.TZ = zone
    const held = (await read(text)).rows('assessment_record')
    seen.add(held.map((row) => row.assessed_date).join(' '))
  }
  if (home === undefined) delete process.env.TZ
  else process.env.TZ = home
  return seen.size === 1 ? `${[...seen][0]}, everywhere` : [...seen].join(' or ')
}

function wide(record: string): string {
  return `person,${PHQ.join()},total,seen\n${record},2025-01-02\n`
}

function wideProfile(): How {
  return {
    profile: profile(`
profile: wide
title: PHQ-9 with its total
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - { kind: assessment, measure: { constant: phq-9 }, assessed_date: seen, items: { pattern: 'q{n}', count: 9 }, total: total }
`),
  }
}

async function afterDeath(): Promise<string> {
  const world = drawWorld({
    person_record: 'nhs | death_date\n---\nann | 2024-05-01',
    referral_record: 'nhs | referral_date\n---\nann | 2024-01-01',
    contact_record: 'nhs | contact_date\n---\nann | 2024-05-02',
  })
  return (await modelOf(world, 'dq_findings')).map((row) => row.rule_code).join()
}

async function overlapping(): Promise<string> {
  const world = drawWorld({
    referral_record: 'nhs | referral_date\n---\nann | 2024-01-01',
    service_event: `
      nhs | event_type              | start_date | end_date
      ----+-------------------------+------------+-----------
      ann | admission_mental_health | 2024-02-01 | 2024-02-11
      ann | admission_mental_health | 2024-02-06 | 2024-02-16`,
  })
  const rules = (await modelOf(world, 'dq_findings')).map((row) => row.rule_code)
  const days = (await modelOf(world, 'int_stays_merged')).map(
    (row) => (row.end_day as number) - (row.start_day as number),
  )
  return `${rules.join()}; ${days.join(' + ')} days`
}

async function sameDay(): Promise<string> {
  const world = drawWorld({
    referral_record: 'nhs | referral_date\n---\nann | 2024-01-01',
    assessment_score: 'nhs | assessed_date | score\n---\nann | 2024-02-01 | 10\nann | 2024-02-01 | 12',
  })
  const rules = (await modelOf(world, 'dq_findings')).filter((row) => row.rule_code === 'two_scores_same_day')
  const pairs = (await modelOf(world, 'pairs_own')).filter((row) => row.pre_score !== null)
  return `two_scores_same_day ${rules.length === 2 ? 'twice' : rules.length}; ${pairs.length === 0 ? 'no' : 'a'} first score`
}

function halves(text: string): string[] {
  const [head = '', ...records] = text.trimEnd().split('\n')
  const half = records.length / 2
  return [records.slice(0, half), records.slice(half)].map((part) => `${[head, ...part].join('\n')}\n`)
}

function shuffled(text: string): string {
  const random = createRandom('B37')
  const order = ['extra', ...HEAD.split(',')].map((name) => ({ name, at: random() })).sort((a, b) => a.at - b.at)
  const [, ...records] = text.trimEnd().split('\n')
  const cells = records.map((record) =>
    Object.fromEntries(record.split(',').map((cell, i) => [HEAD.split(',')[i], cell])),
  )
  const lines = cells.map((record) => order.map(({ name }) => record[name] ?? 'x').join())
  return `${[order.map(({ name }) => name).join(), ...lines].join('\n')}\n`
}

async function same(files: readonly string[], others: readonly string[]): Promise<string> {
  const [one, other] = [await dumpOfFiles(files), await dumpOfFiles(others)]
  return one === other && one.split('\n').length === 8 ? 'the same' : 'not the same'
}

async function putRight(): Promise<string> {
  const [wrong, right] = [csv(GOOD, 'B,GAD-7,2025-01-03,99'), csv(GOOD, 'B,GAD-7,2025-01-03,9')]
  const store = openStore(':memory:')
  const reports = [(await read(wrong, { store })).report, (await read(right, { store })).report]
  const counts = reports.map(({ loaded, duplicates, quarantined }) => `${loaded} + ${duplicates} + ${quarantined}`)
  const isSame = dumpOf(store) === (await dumpOfFiles([right]))
  return `${counts.join(', then ')}; ${isSame ? 'the same' : 'not the same'}`
}
