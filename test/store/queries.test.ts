import { describe, expect, it } from 'vitest'
import { sqliteExecutor } from '../../src/store/executor.ts'
import type { Store } from '../../src/store/open.ts'
import { readContactCounts } from '../../src/store/queries/contacts.ts'
import { readFaultCounts, readFaultCountsByColumn, readFiles } from '../../src/store/queries/files.ts'
import { readFindingCounts, readFindings } from '../../src/store/queries/findings.ts'
import { readFunnel, readFunnelCounts } from '../../src/store/queries/funnel.ts'
import { readRareEvents, readUsersByPeriod } from '../../src/store/queries/months.ts'
import { readCategoryPairs, readNationalPairs, readOwnPairs } from '../../src/store/queries/pairs.ts'
import { readEpisodes, readIndexPeople, readPersons } from '../../src/store/queries/people.ts'
import {
  readAnsweredForms,
  readCompleteness,
  readLinkage,
  readMeasureCounts,
  readMeasureStarts,
  readMonthCounts,
  readTeamCodings,
  readTeamCounts,
  readUnmappedCodes,
} from '../../src/store/queries/quality.ts'
import {
  readUsageMonths,
  readUsagePerson,
  readUsageWindows,
  readUseAroundJoining,
} from '../../src/store/queries/usage.ts'
import { buildModels, runChecks } from '../../src/store/run-models.ts'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, openWorld } from './world.ts'

describe('what analyses and the data quality page read', () => {
  it('questionnaires: scored, short of answers or otherwise unusable, each once, whatever its scales', async () => {
    const store = await built()
    const expected = `
      service_code | measure_id | n_assessments | n_scored | n_too_many_missing | n_other | n_placed | first_date | last_date
      -------------+------------+---------------+----------+--------------------+---------+----------+------------+-----------
      oats         | dialog     | 1             | 0        | 0                  | 1       | 1        | 2024-02-01 | 2024-02-01
      oats         | reqol-10   | 4             | 3        | 1                  | 0       | 3        | 2024-01-10 | 2025-12-01`
    expect(onlyDrawn(await readMeasureCounts(store.kysely), expected)).toEqual(table(expected))

    const teams = `
      team  | measure_id | n_assessments | n_scored
      ------+------------+---------------+---------
            | dialog     | 1             | 0
      north | reqol-10   | 2             | 1
            | reqol-10   | 2             | 2`
    expect(onlyDrawn(await readTeamCounts(store.kysely), teams)).toEqual(table(teams))

    const months = `
      measure_id | month   | n_assessments
      -----------+---------+--------------
      dialog     | 2024-02 | 1
      reqol-10   | 2024-01 | 2
      reqol-10   | 2024-03 | 1
      reqol-10   | 2025-12 | 1`
    expect(onlyDrawn(await readMonthCounts(store.kysely), months)).toEqual(table(months))
    store.close()
  })

  it('files, faults and doubts: a record with one fault in two columns is one record', async () => {
    const store = await built()
    store.sqlite.exec(`
      insert into quarantine_row values
        (1, 5, 1, 'not_a_date', 'a', 'a date'), (1, 5, 2, 'not_a_date', 'b', 'a date'), (1, 6, 1, 'not_a_date', 'a', 'a date'),
        (1, 6, 2, 'out_of_range', 'c', '0 to 4');
      insert into flagged_row values (2, 7, 1, 'unknown_code', 'c', 'a listed code')`)
    const counts = (rows: { file_id: number; code: string; n_records: number }[]) =>
      rows.map((row) => [row.file_id, row.code, row.n_records])
    expect(counts(await readFaultCounts(store.kysely))).toEqual([
      [1, 'not_a_date', 2],
      [1, 'out_of_range', 1],
    ])
    const byColumn = await readFaultCountsByColumn(store.kysely)
    expect(byColumn.map((row) => [row.code, row.column_name, row.n_records])).toEqual([
      ['not_a_date', 'a', 2],
      ['not_a_date', 'b', 1],
      ['out_of_range', 'c', 1],
    ])
    expect((await readFiles(store.kysely)).map((file) => file.file_name)).toEqual([
      'file-1.csv',
      'file-2.csv',
      'file-3.csv',
    ])
    const broken = (await runChecks(sqliteExecutor(store.sqlite))).filter(({ rows }) => rows.length > 0)
    expect(broken.map(({ check, rows }) => [check, rows.length])).toEqual([['quarantine_has_reasons', 4]])
    store.close()
  })

  it('completeness, starts of measures, codings and forms that lack answers, and findings with their files', async () => {
    const store = openWorld(
      drawWorld({
        answer_range: 'measure_id | lowest | highest\n---\nreqol-10 | 0 | 4',
        measure_start: 'service_code | measure_id | start_date\n---\noats | phq-9 | 2024-01-01',
        referral_record: `
          nhs | team  | referral_date
          ----+-------+--------------
          ann | north | 2024-01-05
          ben |       | 2024-01-20`,
        assessment_score: `
          nhs | team  | items | assessed_date | score
          ----+-------+-------+---------------+------
          ann | north | 4,,1  | 2024-01-10    | 10
          ann | north | 1,2,3 | 2024-03-10    | 18
          ben |       | 1,2,3 | 2023-01-01    | 18`,
      }),
    )
    await buildModels(sqliteExecutor(store.sqlite))
    const completeness = `
      measure_id | team  | start_month | n_eligible | n_first | n_two
      -----------+-------+-------------+------------+---------+------
      phq-9      | north | 2024-01     | 1          | 0       | 0
      phq-9      |       | 2024-01     | 1          | 0       | 0
      reqol-10   | north | 2024-01     | 1          | 1       | 1
      reqol-10   |       | 2024-01     | 1          | 0       | 0`
    expect(onlyDrawn(await readCompleteness(store.kysely), completeness)).toEqual(table(completeness))
    const starts = `
      measure_id | start_day | is_declared
      -----------+-----------+------------
      phq-9      | 19723     | 1
      reqol-10   | 19358     | 0`
    expect(onlyDrawn(await readMeasureStarts(store.kysely), starts)).toEqual(table(starts))
    const codings = `
      team  | n_forms | n_highest | n_lowest | n_other_forms
      ------+---------+-----------+----------+--------------
      north | 2       | 1         | 0        | 1
            | 1       | 0         | 0        | 2`
    expect(onlyDrawn(await readTeamCodings(store.kysely), codings)).toEqual(table(codings))
    expect(await readAnsweredForms(store.kysely)).toEqual([
      { service_code: 'oats', measure_id: 'reqol-10', items: null, n_forms: 2 },
      { service_code: 'oats', measure_id: 'reqol-10', items: '4,,1', n_forms: 1 },
    ])
    expect(await readFindingCounts(store.kysely)).toEqual([
      { rule_code: 'score_outside_episode', service_code: 'oats', measure_id: 'reqol-10', n_rows: 1 },
    ])
    const [finding] = await readFindings(store.kysely)
    expect([finding?.file_name, finding?.row_number]).toEqual(['file-3.csv', 4])
    store.close()
  })

  it('people, episodes, pairs and windows, in an order that does not change', async () => {
    const { kysely, sqlite, close } = await built()
    expect((await readPersons(kysely)).map((row) => row.person_key)).toEqual([1, 3])
    expect((await readEpisodes(kysely)).map((row) => row.episode_id)).toEqual([1, 2])
    expect((await readIndexPeople(kysely)).map((row) => row.person_key)).toEqual([1, 3])
    expect((await readOwnPairs(kysely)).map((row) => [row.pre_score, row.post_score])).toEqual([
      [10, 18],
      [20, null],
    ])
    expect((await readNationalPairs(kysely)).map((row) => row.post_score)).toEqual([18, null])
    expect(await readCategoryPairs(kysely)).toEqual([])
    expect(await readFunnel(kysely)).toHaveLength(2)
    expect(await readFunnelCounts(kysely)).toEqual([
      { service_code: 'oats', measure_id: 'reqol-10', scale_id: 'total', n_eligible: 2, n_baseline: 2, n_paired: 1 },
    ])
    expect((await readUsageWindows(kysely, 'oats')).map((row) => row.person_key)).toEqual([1, 3])
    expect((await readUsagePerson(kysely, 'oats')).map((row) => row.events_after)).toEqual([1, 0])
    expect(await readUsageMonths(kysely, 'oats')).toHaveLength(24)
    const use = readUseAroundJoining(sqlite, 'oats')
    const rows = await kysely
      .selectFrom('usage_excluded_months')
      .selectAll()
      .where('service_code', '=', 'oats')
      .execute()
    const read = use.event_types.flatMap((event_type) =>
      [0, 1, 3, 6].flatMap((excluded_months) =>
        [...use.without(excluded_months, event_type)].map((it) => ({
          ...it,
          ...{ service_code: 'oats', event_type, excluded_months },
        })),
      ),
    )
    expect(read).toHaveLength(8)
    expect(read).toEqual(expect.arrayContaining(rows))
    expect(readUseAroundJoining(sqlite, 'elsewhere').event_types).toEqual([])
    close()
  })

  it('people with emergency use are counted once a month and once a quarter; uses of a rare type are all read', async () => {
    const { kysely, close } = await built(`
        nhs | local | event_type       | source_code | start_date
        ----+-------+------------------+-------------+-----------
        ann |       | ae_mental_health | AE          | 2024-02-03
        ann |       | ae_mental_health | AE          | 2024-02-20
            | b1    | ae_mental_health | AE          | 2024-02-20
        ann |       | ae_mental_health | AE          | 2024-03-01
        ann |       | ae_mental_health | AE          | 2024-04-01`)
    expect(await readUsersByPeriod(kysely, ['ae_mental_health', 's136'])).toEqual([
      { service_code: 'oats', period: '2024 Q1', n_users: 2 },
      { service_code: 'oats', period: '2024 Q2', n_users: 1 },
      { service_code: 'oats', period: '2024-02-01', n_users: 2 },
      { service_code: 'oats', period: '2024-03-01', n_users: 1 },
      { service_code: 'oats', period: '2024-04-01', n_users: 1 },
    ])
    expect(await readUsersByPeriod(kysely, ['s136'])).toEqual([])
    expect(await readRareEvents(kysely, 0.5)).toHaveLength(5)
    expect(await readRareEvents(kysely, 1)).toEqual([])
    close()
  })

  it('contacts by kind, linkage, and codes that no profile maps', async () => {
    const { kysely, close } = await built()
    const expected = `
      attendance     | mode      | n_contacts | n_people | total_minutes | n_with_minutes
      ---------------+-----------+------------+----------+---------------+---------------
      attended       | telephone | 2          | 2        | 50            | 1
      did_not_attend |           | 1          | 1        |               | 0`
    expect(onlyDrawn(await readContactCounts(kysely), expected)).toEqual(table(expected))
    expect(await readLinkage(kysely)).toEqual({
      n_people: 2,
      n_people_with_nhs_number: 1,
      n_local_ids: 2,
      n_local_ids_linked: 1,
      n_local_ids_in_conflict: 0,
    })
    expect(await readUnmappedCodes(kysely)).toEqual([{ service_code: null, source_code: 'ZZ', n_events: 2 }])
    close()
  })

  it('a check names the rows that break its rule', async () => {
    const store = await built()
    store.sqlite.exec('update usage_person set events_after = 7 where person_key = 1; delete from month_edge')
    store.sqlite.exec(
      "update import_file set n_loaded = 3 where file_id = 2; update persons set person_type = 'carer' where person_key = 3",
    )
    const broken = (await runChecks(sqliteExecutor(store.sqlite))).filter(({ rows }) => rows.length > 0)
    expect(broken.map(({ check }) => check)).toEqual([
      'events_before_after_outside_are_all',
      'every_record_accounted_for',
      'excluded_months_agree_with_usage',
      'no_carer_in_patients_marts',
      'usage_months_add_up',
    ])
    expect(broken[1]?.rows).toEqual([{ file_id: 2 }])
    store.close()
  })
})

const EVENTS = `
        nhs | local | event_type       | source_code | start_date
        ----+-------+------------------+-------------+-----------
            | a1    | ae_mental_health | AE          | 2024-02-01
            | a1    | unmapped         | ZZ          | 2024-02-01
        ann |       | unmapped         | ZZ          | 2024-02-02`

async function built(events = EVENTS): Promise<Store> {
  const store = openWorld(
    drawWorld({
      measure_scale: 'measure_id | scale_id | national_change_points\n---\nreqol-10 | total | 5',
      usage_coverage: 'service_code | event_type\n---\noats | ae_mental_health',
      referral_record: `
        nhs | local | referral_date | discharge_date
        ----+-------+---------------+---------------
        ann | a1    | 2024-01-01    | 2024-12-31
            | b1    | 2024-01-01    | 2024-12-31`,
      contact_record: `
        nhs | local | contact_date | attendance     | mode      | duration_minutes
        ----+-------+--------------+----------------+-----------+-----------------
        ann |       | 2024-02-01   | attended       | telephone | 50
            | b1    | 2024-02-01   | attended       | telephone |
        ann |       | 2024-02-08   | did_not_attend |           |`,
      assessment_score: `
        assessment_id | nhs | local | measure_id | scale_id | team  | assessed_date | score | score_status
        --------------+-----+-------+------------+----------+-------+---------------+-------+-----------------
        1             | ann |       | reqol-10   | total    |       | 2024-01-10    | 10    | scored
        2             | ann |       | reqol-10   | total    | north | 2024-03-10    | 18    | scored
        3             |     | b1    | reqol-10   | total    |       | 2024-01-10    | 20    | scored
        4             |     | b1    | reqol-10   | total    | north | 2025-12-01    |       | too_many_missing
        5             | ann |       | dialog     | item_1   |       | 2024-02-01    | 8     | sentinel
        5             | ann |       | dialog     | sqol     |       | 2024-02-01    |       | invalid`,
      service_event: events,
    }),
  )
  await buildModels(sqliteExecutor(store.sqlite))
  return store
}
