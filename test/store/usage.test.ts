import { describe, expect, it } from 'vitest'
import { dayNumber, type IsoDate } from '../../src/domain/iso-date.ts'
import { EVENT_TYPES } from '../../src/usage/event-types.ts'
import { onlyDrawn, table } from '../table.ts'
import { drawWorld, modelOf, modelsOf } from './world.ts'

const JOINED = `
  nhs | referral_date
  ----+--------------
  ann | 2024-03-01`

const COVERED = `
  service_code | event_type
  -------------+------------------------
  oats         | ae_mental_health
  oats         | admission_mental_health`

describe('windows before and after joining', () => {
  it('are twelve calendar months each way; the joining day belongs to after', async () => {
    const world = drawWorld({ referral_record: JOINED })
    const expected = `
      index_day | before_start_day | after_end_day | days_before | days_after | stop_reason
      ----------+------------------+---------------+-------------+------------+------------
      ${day('2024-03-01')} | ${day('2023-03-01')} | ${day('2025-03-01')} | 366 | 365 | none`
    expect(onlyDrawn(await modelOf(world, 'usage_windows'), expected)).toEqual(table(expected))
  })

  it('from 29 February they run from 28 February to 28 February', async () => {
    const world = drawWorld({ referral_record: 'nhs | referral_date\n---\nann | 2024-02-29' })
    const expected = `
      before_start_day     | after_end_day        | days_before | days_after
      ---------------------+----------------------+-------------+-----------
      ${day('2023-02-28')} | ${day('2025-02-28')} | 366         | 365`
    expect(onlyDrawn(await modelOf(world, 'usage_windows'), expected)).toEqual(table(expected))
  })

  it('are cut by the beginning of the data, by death, by a move and by the end of the data, whichever comes first', async () => {
    const world = drawWorld({
      settings: 'data_start_date | data_end_date\n---\n2023-09-01 | 2024-12-31',
      person_record: `
        nhs   | death_date | moved_date
        ------+------------+-----------
        died  | 2024-06-01 |
        moved | 2024-08-01 | 2024-05-01
        both  | 2024-06-01 | 2024-06-01
        whole |            |
        late  | 2025-01-01 |
        after | 2025-03-01 |
        edge  | 2024-10-01 |`,
      referral_record: `
        nhs   | referral_date
        ------+--------------
        died  | 2024-03-01
        moved | 2024-03-01
        both  | 2024-03-01
        whole | 2023-06-01
        late  | 2024-03-01
        after | 2023-09-01
        edge  | 2023-10-01`,
    })
    const expected = `
      person_key | days_before | days_after | stop_reason
      -----------+-------------+------------+------------
      1          | 182         | 92         | death
      2          | 182         | 61         | moved
      3          | 182         | 92         | death
      4          | 0           | 366        | none
      5          | 182         | 306        | death
      6          | 0           | 366        | none
      7          | 30          | 366        | none`
    expect(onlyDrawn(await modelOf(world, 'usage_windows'), expected)).toEqual(table(expected))
  })

  it('start from the first attendance where the project says so; who never attended is not counted', async () => {
    const drawing = (event: string) =>
      drawWorld({
        settings: `index_event\n---\n${event}`,
        referral_record: `
          nhs | referral_date | first_contact_date | discharge_date
          ----+---------------+--------------------+---------------
          ann | 2023-01-01    |                    | 2023-02-01
          ann | 2024-03-01    | 2024-03-20         | 2024-06-01
          bob | 2024-03-01    |                    |`,
      })
    const index = async (event: string) =>
      (await modelOf(drawing(event), 'index_people')).map((row) => [row.person_key, row.index_day])
    expect(await index('referral')).toEqual([
      [1, dayNumber('2023-01-01' as IsoDate)],
      [2, dayNumber('2024-03-01' as IsoDate)],
    ])
    expect(await index('first_contact')).toEqual([[1, dayNumber('2024-03-20' as IsoDate)]])
  })
})

describe('events before and after joining', () => {
  it('an event on the joining day is after; on the first day of the window before; on the last edge, outside', async () => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: COVERED,
      service_event: `
        nhs | start_date
        ----+-----------
        ann | 2023-02-28
        ann | 2023-03-01
        ann | 2024-02-29
        ann | 2024-03-01
        ann | 2025-02-28
        ann | 2025-03-01`,
    })
    const expected = `
      event_type              | events_before | events_after | bed_days_before
      ------------------------+---------------+--------------+----------------
      admission_mental_health | 0             | 0            | 0
      ae_mental_health        | 2             | 2            | 0`
    expect(onlyDrawn(await modelOf(world, 'usage_person'), expected)).toEqual(table(expected))
  })

  it('a type that was not supplied for the service is absent, not zero', async () => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: 'service_code | event_type\n---\noats | gp',
      service_event: 'nhs | start_date | event_type\n---\nann | 2024-03-02 | ambulance',
    })
    const { usage_person, usage_months } = await modelsOf(world, ['usage_person', 'usage_months'])
    expect(usage_person?.map((row) => [row.event_type, row.events_after])).toEqual([['gp', 0]])
    expect(new Set(usage_months?.map((row) => row.event_type))).toEqual(new Set(['gp']))
  })

  it.each([
    { stay: 'straddles the joining day', start: '2024-02-25', end: '2024-03-05', days: [5, 4], events: [1, 0] },
    { stay: 'began before the window', start: '2023-02-20', end: '2023-03-05', days: [4, 0], events: [0, 0] },
    { stay: 'runs past the end of the window', start: '2025-02-25', end: '2025-04-01', days: [0, 4], events: [0, 1] },
    { stay: 'ends on the joining day', start: '2024-02-25', end: '2024-03-01', days: [5, 0], events: [1, 0] },
    { stay: 'begins on the joining day', start: '2024-03-01', end: '2024-03-03', days: [0, 2], events: [0, 1] },
    { stay: 'ends on the day it began', start: '2024-03-05', end: '2024-03-05', days: [0, 0], events: [0, 1] },
    { stay: 'covers both windows', start: '2022-01-01', end: '2026-01-01', days: [366, 365], events: [0, 0] },
  ])('a stay that $stay is split by day', async ({ start, end, days, events }) => {
    const row = await stayOf([[start, end]])
    expect([row?.bed_days_before, row?.bed_days_after]).toEqual(days)
    expect([row?.events_before, row?.events_after]).toEqual(events)
  })

  it('an open stay counts to the last day of the data, that day included', async () => {
    const row = await stayOf([['2024-06-01', '']], '2024-06-10')
    expect(row?.bed_days_after).toBe(10)
  })

  it('a day under two overlapping stays is one bed day', async () => {
    const row = await stayOf([
      ['2024-06-01', '2024-06-10'],
      ['2024-06-03', '2024-06-05'],
      ['2024-06-08', '2024-06-12'],
      ['2024-06-20', '2024-06-21'],
    ])
    expect(row?.bed_days_after).toBe(11 + 1)
    expect(row?.events_after).toBe(4)
  })

  it('a stay sent open and sent again with its end is one stay', async () => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: COVERED,
      service_event: `
        nhs | file_id | event_ref | event_type              | start_date | end_date
        ----+---------+-----------+-------------------------+------------+-----------
        ann | 2       | e1        | admission_mental_health | 2024-06-01 | 2024-06-05
        ann | 1       | e1        | admission_mental_health | 2024-06-01 |`,
    })
    const [row] = await modelOf(world, 'usage_person')
    expect([row?.events_after, row?.bed_days_after]).toEqual([1, 4])
  })

  it('nothing after death is counted, nor expected', async () => {
    const world = drawWorld({
      person_record: 'nhs | death_date\n---\nann | 2024-03-11',
      referral_record: JOINED,
      usage_coverage: COVERED,
      service_event: `
        nhs | start_date | end_date   | event_type
        ----+------------+------------+------------------------
        ann | 2024-03-10 |            | ae_mental_health
        ann | 2024-03-12 |            | ae_mental_health
        ann | 2024-03-08 | 2024-03-20 | admission_mental_health`,
    })
    const expected = `
      event_type              | days_after | events_after | bed_days_after
      ------------------------+------------+--------------+---------------
      admission_mental_health | 10         | 1            | 3
      ae_mental_health        | 10         | 1            | 0`
    expect(onlyDrawn(await modelOf(world, 'usage_person'), expected)).toEqual(table(expected))
  })

  it('months count from the joining day, and hold the days that each person was in view', async () => {
    const world = drawWorld({
      settings: 'data_end_date\n---\n2024-04-10',
      referral_record: `
        nhs | referral_date
        ----+--------------
        ann | 2024-01-31
        bob | 2024-03-31`,
      usage_coverage: 'service_code | event_type\n---\noats | ae_mental_health',
      service_event: `
        nhs | start_date
        ----+-----------
        ann | 2024-01-30
        ann | 2024-01-31
        ann | 2024-02-28
        ann | 2024-02-29
        bob | 2024-02-28
        bob | 2024-02-29`,
    })
    const months = await modelOf(world, 'usage_months')
    expect(months).toHaveLength(24)
    const expected = `
      month_offset | events | person_days | n_people
      -------------+--------+-------------+---------
      -2           | 1      | 31 + 29     | 2
      -1           | 2      | 31 + 31     | 2
      0            | 2      | 29 + 11     | 2
      1            | 1      | 31          | 1
      2            | 0      | 11          | 1
      3            | 0      | 0           | 0`
    const around = months.filter((row) => Math.abs(Number(row.month_offset) - 0.5) < 3)
    expect(onlyDrawn(around, expected)).toEqual(table(added(expected)))
  })

  it('leaving out the last months before joining takes their events and days from before, and nothing from after', async () => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: 'service_code | event_type\n---\noats | ae_mental_health',
      service_event: `
        nhs | start_date
        ----+-----------
        ann | 2024-02-29
        ann | 2024-02-01
        ann | 2024-01-31
        ann | 2023-11-30
        ann | 2023-08-31
        ann | 2024-03-01`,
    })
    const expected = `
      excluded_months | days_before | days_after | events_before | events_after
      ----------------+-------------+------------+---------------+-------------
      0               | 366         | 365        | 5             | 1
      1               | 337         | 365        | 3             | 1
      3               | 275         | 365        | 2             | 1
      6               | 184         | 365        | 1             | 1`
    expect(onlyDrawn(await modelOf(world, 'usage_excluded_months'), expected)).toEqual(table(expected))
  })

  it('knows which event types are stays', async () => {
    for (const type of EVENT_TYPES) {
      const row = await stayOf([['2024-06-01', '2024-06-10']], '2025-12-31', type.id)
      expect([type.id, row?.bed_days_after]).toEqual([type.id, type.is_stay ? 9 : 0])
    }
  })
})

async function stayOf(stays: [string, string][], dataEnd = '2025-12-31', type = 'admission_mental_health') {
  const world = drawWorld({
    settings: `data_end_date\n---\n${dataEnd}`,
    referral_record: JOINED,
    usage_coverage: `service_code | event_type\n---\noats | ${type}`,
    service_event: `nhs | event_type | start_date | end_date\n---\n${stays
      .map(([start, end]) => `ann | ${type} | ${start} | ${end}`)
      .join('\n')}`,
  })
  return (await modelOf(world, 'usage_person'))[0]
}

function day(date: string): number {
  return dayNumber(date as IsoDate)
}

function added(drawing: string): string {
  return drawing.replace(/(\d+) \+ (\d+)/g, (_, a, b) => String(Number(a) + Number(b)))
}

describe('events that tell of one another', () => {
  const RULES = `
    kept_type       | merged_type      | days_later
    ----------------+------------------+-----------
    admission_mental_health | ae_mental_health | 1
    s136            | ambulance        | 0`
  const SUPPLIED = `
    service_code | event_type
    -------------+------------------------
    oats         | ae_mental_health
    oats         | admission_mental_health
    oats         | ambulance
    oats         | s136`

  it.each([
    { what: 'an A&E visit on the day of an admission', visits: ['2024-06-10'], ae: 0 },
    { what: 'an A&E visit the day before an admission', visits: ['2024-06-09'], ae: 0 },
    { what: 'an A&E visit two days before', visits: ['2024-06-08'], ae: 1 },
    { what: 'an A&E visit the day after', visits: ['2024-06-11'], ae: 1 },
    { what: 'of two visits, only the later', visits: ['2024-06-09', '2024-06-10'], ae: 1 },
  ])('$what: $ae A&E visits are left, the admission stays', async ({ visits, ae }) => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: SUPPLIED,
      overlap_rule: RULES,
      service_event: `nhs | event_type | start_date\n---\nann | admission_mental_health | 2024-06-10\n${visits
        .map((date) => `ann | ae_mental_health | ${date}`)
        .join('\n')}`,
    })
    const counts = Object.fromEntries(
      (await modelOf(world, 'usage_person')).map((it) => [it.event_type, it.events_after]),
    )
    expect(counts).toEqual({ admission_mental_health: 1, ae_mental_health: ae, ambulance: 0, s136: 0 })
  })

  it('where admissions were not supplied for the service, the A&E visit counts', async () => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: 'service_code | event_type\n---\noats | ae_mental_health',
      overlap_rule: RULES,
      service_event: `
        nhs | event_type              | start_date
        ----+-------------------------+-----------
        ann | admission_mental_health | 2024-06-10
        ann | ae_mental_health        | 2024-06-10`,
    })
    expect((await modelOf(world, 'usage_person')).map((it) => it.events_after)).toEqual([1])
  })

  it('contacts with another team are uses, missed ones apart; the service’s own are not', async () => {
    const world = drawWorld({
      referral_record: JOINED,
      usage_coverage: 'service_code | event_type\n---\noats | community_contact\noats | community_dna',
      contact_record: `
        nhs | service_code | contact_date | attendance
        ----+--------------+--------------+---------------
        ann | cmht         | 2024-02-10   | attended
        ann | cmht         | 2024-04-10   | did_not_attend
        ann | cmht         | 2024-04-11   | cancelled_by_patient
        ann | oats         | 2024-04-12   | attended`,
    })
    const expected = `
      event_type        | events_before | events_after
      ------------------+---------------+-------------
      community_contact | 1             | 0
      community_dna     | 0             | 1`
    const rows = (await modelOf(world, 'usage_person')).filter((it) => it.service_code === 'oats')
    expect(onlyDrawn(rows, expected)).toEqual(table(expected))
  })
})
