import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, type IsoDate } from '../../src/domain/iso-date.ts'
import { type Period, readPeriod } from '../../src/domain/period.ts'
import { sqliteExecutor } from '../../src/store/executor.ts'
import { fillCalendarDays } from '../../src/store/fill-calendar-days.ts'
import { fillCalendarMonths } from '../../src/store/fill-calendar-months.ts'
import { fillMonthEdges } from '../../src/store/fill-month-edges.ts'
import { fillSettings } from '../../src/store/fill-settings.ts'
import { checkAccounting } from '../../src/store/load.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { buildModels, runChecks } from '../../src/store/run-models.ts'
import { bundled, file, load } from '../ingest/reading-room.ts'
import { table } from '../table.ts'

const PLAIN = bundled('plain-layout')
const HEADING = 'person_id,measure,score_date,score,referral_date,gender'

const SETTINGS = {
  reentry_days: 90,
  min_pair_days: 14,
  assessment_days_before_start: 28,
  assessment_days_after_end: 28,
  end_score_days: 90,
  index_event: 'referral',
  start_contact: 2,
  window_months: 12,
  is_national_parity: 0,
  mainly_seen_by: 'most_contacts',
  two_arms: 'both',
  side_by_side_days: 7,
  transfer_days: 28,
  secondary_care_days: 90,
  data_start_day: null,
  data_end_day: dayNumber('2026-03-31' as IsoDate),
} as const

interface Sent {
  readonly name: string
  readonly rows: readonly string[]
  readonly period?: string
  readonly service?: string
}

async function loadAll(sent: readonly Sent[]) {
  const store = openStore(':memory:')
  const reports = []
  for (const { name, rows, period, service = 'oats' } of sent) {
    const text = [HEADING, ...rows, ''].join('\n')
    const loading = { period: period === undefined ? null : (readPeriod(period) as Period) }
    const { report } = await load(file(text, name), PLAIN, { store, context: { service }, loading })
    reports.push(report)
  }
  return { store, reports }
}

/** What models say of people, whatever numbers their records and they themselves have. */
async function told(store: Store): Promise<Record<string, unknown[]>> {
  fillSettings(store.sqlite, SETTINGS)
  fillMonthEdges(store.sqlite)
  fillCalendarMonths(store.sqlite)
  fillCalendarDays(store.sqlite)
  const executor = sqliteExecutor(store.sqlite)
  await buildModels(executor)
  expect((await runChecks(executor)).filter(({ rows }) => rows.length > 0)).toEqual([])
  expect(checkAccounting(store.sqlite)).toEqual([])
  const all = (sql: string) => store.sqlite.prepare(sql).all()
  return {
    scores: all('select assessed_date, supplied_score from stg_assessments_dated order by 1, 2'),
    referrals: all('select referral_date from int_referrals_resolved order by 1'),
    doubts: all('select rule_code, count(*) as n from dq_findings group by 1 order by 1'),
    n_people: all('select count(*) as n from persons'),
  }
}

const A = 'A,PHQ-9,2025-09-02,20,2025-08-01,female'
const B = 'B,PHQ-9,2025-09-03,11,2025-08-02,female'
const B_RIGHT = 'B,PHQ-9,2025-09-03,12,2025-08-02,female'
const STRANGER = 'Z,PHQ-9,2025-09-04,5,2025-08-04,Zed'

describe('a file that is sent again for the same period', () => {
  it('takes the place of every earlier one for these days; other days, services and files of no period stay', async () => {
    const drawing = table(`
      first            | second           | first_service | becomes
      -----------------+------------------+---------------+-----------
      2025-09          | 2025-09          | oats          | superseded
      2025-09          | 2025-09..2025-10 | oats          | superseded
      2025-09-05..2025-09-20 | 2025-09    | oats          | superseded
      2025-09          | 2025-10          | oats          | stands
      2025-09          | 2025-09          | crisis        | stands
                       | 2025-09          | oats          | stands
      2025-09          |                  | oats          | stands
      2025-09..2025-10 | 2025-09          | oats          | refused
      2025-08..2025-09 | 2025-09..2025-10 | oats          | refused
    `)
    const found = []
    for (const { first, second, first_service } of drawing) {
      const sent = [
        {
          name: 'v1.csv',
          rows: [A, B],
          service: String(first_service),
          ...(first === null ? {} : { period: String(first) }),
        },
        { name: 'v2.csv', rows: [A, B_RIGHT], ...(second === null ? {} : { period: String(second) }) },
      ]
      found.push({ first, second, first_service, becomes: await outcome(sent) })
    }
    expect(found).toEqual(drawing)
  })

  async function outcome(sent: readonly Sent[]): Promise<string> {
    try {
      const { reports } = await loadAll(sent)
      return reports[1]?.supersedes.length === 1 ? 'superseded' : 'stands'
    } catch (error) {
      expect((error as Error).message).toMatch(
        /v2\.csv is for .*v1\.csv, read before it, is for .*Nothing of it was loaded/,
      )
      return 'refused'
    }
  }

  it('is all that models know of it: a corrected score, a row taken back, a person who was a mistake', async () => {
    const { store, reports } = await loadAll([
      { name: 'v1.csv', rows: [A, B, STRANGER], period: '2025-09' },
      { name: 'v2.csv', rows: [A, B_RIGHT], period: '2025-09' },
    ])
    const clean = await loadAll([{ name: 'v2.csv', rows: [A, B_RIGHT], period: '2025-09' }])
    expect(await told(store)).toEqual(await told(clean.store))
    expect(reports[1]).toMatchObject({
      records: 2,
      loaded: 2,
      duplicates: 0,
      period: '2025-09',
      supersedes: [expect.stringMatching(/v1\.csv$/)],
    })
    expect(store.sqlite.prepare('select count(*) from assessment_record').pluck().get()).toBe(5)
  })

  it('leaves no record out that another file had as a duplicate of the superseded one', async () => {
    const rolling = { name: 'rolling.csv', rows: [STRANGER, A, 'C,PHQ-9,2025-10-01,3,2025-08-03,female', STRANGER] }
    const again = { name: 'v2.csv', rows: [A, B_RIGHT], period: '2025-09' }
    const { store } = await loadAll([{ name: 'v1.csv', rows: [A, B, STRANGER], period: '2025-09' }, rolling, again])
    const clean = await loadAll([rolling, again])
    expect(await told(store)).toEqual(await told(clean.store))
    const counts = (it: Store) =>
      it.sqlite.prepare('select n_records, n_loaded, n_duplicates from import_file order by file_id desc limit 2').all()
    expect(counts(store)).toEqual(counts(clean.store))
    const later = await load(file(`${HEADING}\n${B}\n`), PLAIN, { store })
    expect(later.report).toMatchObject({ loaded: 1, duplicates: 0 })
  })

  it('any files before, between and after it: models are told what they would be without it', async () => {
    const row = fc.constantFrom(A, B, B_RIGHT, STRANGER, 'A,PHQ-9,2025-10-01,3,2025-08-01,female')
    const rows = fc.array(row, { minLength: 1, maxLength: 5 })
    const period = (text: string) => fc.constantFrom({}, { period: text })
    const other = (name: string, text: string) =>
      fc
        .tuple(rows, period(text))
        .map(([its, when]) => ({ name, rows: [...its, `${name},PHQ-9,2025-09-09,1,,`], ...when }))
    await fc.assert(
      fc.asyncProperty(
        other('before', '2025-07'),
        rows,
        other('between', '2025-10'),
        rows,
        other('after', '2025-11'),
        async (before, first, between, second, after) => {
          const v1 = { name: 'v1.csv', rows: [...first, 'V,PHQ-9,2025-09-01,1,,'], period: '2025-09' }
          const v2 = { name: 'v2.csv', rows: [...second, 'W,PHQ-9,2025-09-01,1,,'], period: '2025-09' }
          const { store } = await loadAll([before, v1, between, v2, after])
          const clean = await loadAll([before, between, v2, after])
          expect(await told(store)).toEqual(await told(clean.store))
        },
      ),
      { seed: 20_261_122, numRuns: 12 },
    )
  })

  it('says of the superseded file what stands in its place when it is read once more, and refuses another period for it', async () => {
    const { store } = await loadAll([
      { name: 'v1.csv', rows: [A, B], period: '2025-09' },
      { name: 'v2.csv', rows: [A, B_RIGHT], period: '2025-09' },
    ])
    const v1 = file([HEADING, A, B, ''].join('\n'))
    const { report } = await load(v1, PLAIN, { store })
    expect(report).toMatchObject({
      already_loaded: true,
      notes: [expect.stringMatching(/v2\.csv stands in its place/)],
    })
    const period = readPeriod('2025-10') as Period
    await expect(load(v1, PLAIN, { store, loading: { period } })).rejects.toThrow(
      /for 2025-09, and is now said to be for 2025-10/,
    )
  })
})

describe('a national file that states its month and has no submission number', () => {
  const MPI = bundled('mhsds-mpi')
  /** local id, gender, end of the month */
  const mpi = (...people: [string, string, string][]) => {
    const rows = people.map(([id, gender, end]) => `${id},,1990-05-01,${gender},A,,${end},RTQ`)
    const heading =
      'LocalPatientId,NHSNumber,PersonBirthDate,Gender,EthnicCategory,PersDeathDate,ReportingPeriodEndDate,OrgIDProv'
    return file([heading, ...rows, ''].join('\n'))
  }

  it('takes the place of an earlier one of its month that it shares a row with; halves of a month are both used, and that is said', async () => {
    const first = await load(mpi(['1', '1', '2025-09-30'], ['2', '2', '2025-09-30']), MPI)
    const { store } = first
    const half = await load(mpi(['3', '1', '2025-09-30']), MPI, { store })
    expect(half.report).toMatchObject({ period: '2025-09', supersedes: [] })
    expect(half.report.notes.join()).toMatch(/both are used/)
    const other = await load(mpi(['1', '1', '2025-10-31']), MPI, { store })
    expect(other.report).toMatchObject({ period: '2025-10', supersedes: [] })
    const again = await load(mpi(['1', '1', '2025-09-30'], ['2', '1', '2025-09-30']), MPI, { store })
    expect(again.report).toMatchObject({ loaded: 2, duplicates: 0 })
    expect(again.report.supersedes).toHaveLength(1)
  })
})
