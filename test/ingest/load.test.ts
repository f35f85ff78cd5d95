import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import { EXIT } from '../../src/domain/operator-error.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { readExport } from '../../src/ingest/read-export.ts'
import type { Reading } from '../../src/ingest/reading.ts'
import type { RecordBatch } from '../../src/ingest/record-batch.ts'
import { checkAccounting, loadFile } from '../../src/store/load.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { bundled, context, file, lines, load, loading } from './reading-room.ts'

const PLAIN = bundled('plain-layout')

const scores = lines(`
  person_id,measure,score_date,score
  A,PHQ-9,2025-01-02,20
  B,PHQ-9,2025-01-03,11
  A,PHQ-9,2025-01-02,20
  C,PHQ-9,2025-13-03,11
  A,phq9,2025-04-02,12
`)

function everything(store: Store): unknown {
  const tables = store.sqlite
    .prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' order by name`)
    .all()
  return tables.map(({ name }) => [name, store.sqlite.prepare(`select * from ${name}`).all()])
}

describe('loading a file', () => {
  it('every record is loaded, duplicate or quarantined, and identities are numbered in the order they are met', async () => {
    const { report, rows, store } = await load(file(scores), PLAIN)
    expect(report).toMatchObject({
      physical_lines: 6,
      heading_lines: 1,
      records: 5,
      loaded: 3,
      duplicates: 1,
      quarantined: 1,
    })
    const outcomes = rows('import_row').map((row) => [row.row_number as number, row.outcome] as const)
    expect(outcomes.sort(([a], [b]) => a - b)).toEqual([
      [2, 'loaded'],
      [3, 'loaded'],
      [4, 'duplicate'],
      [5, 'quarantined'],
      [6, 'loaded'],
    ])
    expect(rows('assessment_record').map((row) => row.local_identity_key)).toEqual([1, 2, 1])
    expect(checkAccounting(store.sqlite)).toEqual([])
  })

  it('the same bytes again, under any name, change nothing and report the first time’s numbers', async () => {
    const { store, report } = await load(file(scores), PLAIN)
    const before = everything(store)
    const again = await load(file(scores, 'renamed.csv'), PLAIN, { store })
    expect(again.report).toEqual({ ...report, already_loaded: true })
    expect(everything(store)).toEqual(before)
  })

  it('a row met in an earlier file is a duplicate, whatever the order of rows, columns and line ends', async () => {
    const { store } = await load(file(scores), PLAIN)
    const shuffled =
      'score,score_date,person_id,measure,comment\r\n12,2025-04-02,A,phq9,x\r\n20,2025-01-02,A,PHQ-9,y\r\n9,2025-05-05,A,PHQ-9,\r\n'
    const { report } = await load(file(shuffled), PLAIN, { store })
    expect(report).toMatchObject({ records: 3, loaded: 1, duplicates: 2, columns_left_out: ['comment'] })
  })

  it('a row put right is loaded when the file comes again, and only that one', async () => {
    const { store } = await load(file(scores), PLAIN)
    const { report } = await load(file(scores.replace('2025-13-03', '2025-03-13')), PLAIN, { store })
    expect(report).toMatchObject({ loaded: 1, duplicates: 4, quarantined: 0 })
  })

  it('a row that was held back before is loaded once nothing is wrong with it any more', async () => {
    const { store, report } = await load(file(scores), PLAIN, { context: { today: '2025-03-01' as IsoDate } })
    expect(report.issues).toEqual({ date_in_future: 1, not_a_date: 1 })
    const later = await load(file(`${scores}\n`), PLAIN, { store })
    expect(later.report).toMatchObject({ records: 5, loaded: 1, duplicates: 3, quarantined: 1 })
  })

  it('a store made with another key is refused, and both keys are named', async () => {
    const { store } = await load(file(scores), PLAIN)
    const other = createPseudonymiser(new Uint8Array(32).fill(8))
    const attempt = load(file(`${scores}D,PHQ-9,2025-01-01,1\n`), PLAIN, { store, loading: { key_id: other.key_id } })
    await expect(attempt).rejects.toMatchObject({
      exit_code: EXIT.input_refused,
      message: expect.stringContaining(other.key_id),
    })
    await expect(attempt).rejects.toThrow(loading.key_id)
  })
})

describe('all or nothing', () => {
  it('an error in the middle of a file leaves no trace of it', async () => {
    const { store } = await load(file(scores), PLAIN)
    const before = everything(store)
    const whole = await readExport(await examineFile(file(`${scores}Z,GAD-7,2025-01-02,2\n`)), PLAIN, context)
    const cut: Reading = { ...whole, batches: thenFail(whole.batches) }
    await expect(loadFile(store.sqlite, cut, loading)).rejects.toThrow('the power went')
    expect(everything(store)).toEqual(before)
    expect(store.sqlite.inTransaction).toBe(false)
  })

  it('a quotation mark never closed, found at the file’s end, takes back every row before it', async () => {
    const { store } = await load(file(scores), PLAIN)
    const before = everything(store)
    await expect(load(file(`${scores}E,PHQ-9,2025-01-01,"1\n`), PLAIN, { store })).rejects.toThrow(
      /line 7 opens a quotation mark/,
    )
    expect(everything(store)).toEqual(before)
  })

  it('a dry run reports what would happen and keeps nothing', async () => {
    const store = openStore(':memory:')
    const before = everything(store)
    const { report } = await load(file(scores), PLAIN, { store, loading: { dry_run: true } })
    expect(report).toMatchObject({ loaded: 3, duplicates: 1, quarantined: 1 })
    expect(everything(store)).toEqual(before)
  })

  it('a strict run refuses a file with a faulty row and keeps nothing', async () => {
    const store = openStore(':memory:')
    const before = everything(store)
    const attempt = load(file(scores), PLAIN, { store, loading: { strict: true } })
    await expect(attempt).rejects.toMatchObject({ exit_code: EXIT.input_refused })
    await expect(attempt).rejects.toThrow(/1 of 5 records have faults \(not_a_date 1\).*Nothing was changed/s)
    expect(everything(store)).toEqual(before)
  })
})

async function* thenFail(batches: Reading['batches']): AsyncGenerator<RecordBatch> {
  yield* batches
  throw new Error('the power went')
}

describe('row accounting', () => {
  it.each([
    ['update import_file set n_loaded = n_loaded + 1', /n_loaded is 4, but import_row holds 3/],
    ['update import_file set n_records = 6', /n_records is 6, not loaded \+ duplicates \+ quarantined/],
    ['update import_file set n_blank_lines = 3', /6 lines, but 9 are accounted for/],
    ['delete from quarantine_row', /quarantine_row names 0 rows, not 1/],
    [`delete from import_row where outcome = 'duplicate'`, /n_duplicates is 1, but import_row holds 0/],
  ])('is re-derived from the tables: %s is found', async (spoil, found) => {
    const { store } = await load(file(scores), PLAIN)
    store.sqlite.exec(spoil)
    expect(checkAccounting(store.sqlite).join('\n')).toMatch(found)
  })

  it('holds for any file: records = loaded + duplicates + quarantined, and every line is accounted for', async () => {
    const store = openStore(':memory:')
    const cell = (good: string) =>
      fc.oneof({ weight: 6, arbitrary: fc.constant(good) }, fc.constantFrom('', ' ', '"', 'x', '1e1', '9'))
    const row = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.tuple(cell('A'), cell('PHQ-9'), cell('2025-01-02'), cell('12')).map((cells) => cells.join(',')),
      },
      fc.constantFrom(
        '',
        ',,,',
        'A,PHQ-9',
        'A,PHQ-9,2025-01-02,3,4',
        '"a\nb",PHQ-9,2025-01-02,3',
        'person_id,measure,score_date,score',
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), async (rows, end) => {
        const text = `person_id,measure,score_date,score${end}${rows.map((each) => each + end).join('')}`
        const attempt = await load(file(text), PLAIN, { store }).catch((error: Error) => error)
        if (attempt instanceof Error) {
          expect(attempt.message).toMatch(/never closed/)
          return
        }
        const { report } = attempt
        expect(report.loaded + report.duplicates + report.quarantined).toBe(report.records)
        expect(report.physical_lines).toBe(text.split(end === '\n' ? '\n' : /\r\n|\n/).length - 1)
      }),
      { numRuns: 60, seed: 2 },
    )
    expect(checkAccounting(store.sqlite)).toEqual([])
  })
})

describe('the plain layout', () => {
  const text = lines(`
    Person_ID ,NHS_Number,Measure,Score_Date,Score,Date_Of_Birth,Gender,Service,Referral_Date,Discharge_Date,Name
    A,9434765919,ReQoL 10,2025-02-01,20,1990-06-05,F,OATS,2025-01-01,,Ann
    A,9434765919,DIALOG,2025-02-01,4.5,1990-06-05,F,OATS,2025-01-01,,Ann
    A,9434765919,gbo:goal_2,2025-02-01,6,1990-06-05,F,OATS,2025-01-01,2025-09-01,Ann
    B,,pcl5,2025-02-01,50,,,OATS,,,Bob
  `)

  it('reads person, referral and score from one row; the referral’s number is the same on every row of it', async () => {
    const { rows, report } = await load(file(text), PLAIN)
    expect(report).toMatchObject({ loaded: 4, columns_left_out: ['Name '].map((name) => name.trim()) })
    expect(rows('assessment_record').map((row) => [row.measure_id, row.supplied_scale, row.supplied_score])).toEqual([
      ['reqol-10', 'total', 20],
      ['dialog', 'sqol', 4.5],
      ['gbo', 'goal_2', 6],
      ['pcl-5', 'total', 50],
    ])
    const referrals = rows('referral_record')
    expect(referrals).toHaveLength(3)
    expect(new Set(referrals.map((row) => row.referral_ref)).size).toBe(1)
    expect(rows('person_record').map((row) => row.birth_month)).toEqual(['1990-06', '1990-06', '1990-06'])
    expect(rows('assessment_record').at(-1)).toMatchObject({
      referral_ref: null,
      nhs_identity_key: null,
      local_identity_key: 3,
    })
  })

  it('takes day-first dates only where they are declared', async () => {
    const dayFirst = lines(`
      person_id,measure,score_date,score
      A,PHQ-9,03/04/2025,20
    `)
    expect((await load(file(dayFirst), PLAIN)).faults()).toEqual(['2 not_a_date'])
    const { rows } = await load(file(dayFirst), PLAIN, { context: { date_order: 'dmy' } })
    expect(rows('assessment_record')[0]?.assessed_date).toBe('2025-04-03')
  })
})
