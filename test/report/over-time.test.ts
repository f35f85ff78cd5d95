import { describe, expect, it } from 'vitest'
import type { ServiceAnalysis } from '../../reports/analysis.ts'
import type { ServiceOverTime } from '../../reports/over-time.ts'
import { overTimeSections } from '../../reports/parts/over-time-section.ts'
import { releaseOutcome } from '../../reports/parts/release-outcome.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import type { PolicyId } from '../../src/disclosure/policy.ts'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import { type ReportSection, tablesOf } from '../../src/report/document.ts'
import { syntheticAnalysis } from './synthetic-analysis.ts'

const analysis = syntheticAnalysis()
const [service] = analysis.services as [ServiceAnalysis]
const NOTHING: ServiceOverTime = {
  ...{ starts: [], improvements: [], endings: [], contacts: [], emergency: [], rare: [], changes: [], targets: [] },
}
const month = (at: number) => `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
/** Contacts of which so many in a hundred are missed, month after month. */
const contacts = (missed: readonly number[], people = 40): ServiceOverTime['contacts'] =>
  missed.map((n_missed, at) => ({
    month: month(at),
    n_attended: 100 - n_missed,
    n_missed,
    n_people_attended: 40,
    n_people_missed: n_missed === 0 ? 0 : people,
  }))
const CALM = [20, 24, 18, 22, 20, 16, 22, 18, 24, 20, 18, 22, 20, 24, 18, 20]
const change = (more: Partial<ServiceOverTime['changes'][number]> = {}) => ({
  ...{ date: '2023-09-01' as IsoDate, what: 'Reminders', series: null, is_rebase: false, ...more },
})

function section(over_time: Partial<ServiceOverTime>, policy: PolicyId = 'internal'): ReportSection | undefined {
  const gate = createGate(policy)
  const main = service.outcomes.map((it) => releaseOutcome(gate, it))[0]
  return overTimeSections(gate, analysis.facts, { ...service, over_time: { ...NOTHING, ...over_time } }, main)[0]
}

function rowsOf(found: ReportSection | undefined, id: string): readonly string[][] {
  const table = (found === undefined ? [] : tablesOf(found)).find((it) => it.id === id)
  if (table === undefined) throw new Error(`there is no table ${id}`)
  return table.rows.map((row) => table.columns.map((column) => row[column.id]?.text ?? ''))
}

describe('a chart over time on the page', () => {
  it('says of each flagged month why, and of the newest whether it is for the better', () => {
    const found = section({ contacts: contacts([...CALM, 60]) })
    expect(rowsOf(found, 'over-time-did-not-attend').at(-1)).toEqual([
      'May 2024',
      '60.0%',
      expect.anything(),
      expect.anything(),
      expect.anything(),
      'above the upper limit',
    ])
    expect(rowsOf(found, 'over-time-summary')).toEqual([
      ['Contacts missed', 'May 2024', '60.0%', 'Unusual: worse', 'none', 'No target declared'],
    ])
  })

  it.each([
    { value: 50, says: 'Target met every time, as things are' },
    { value: 20, says: 'Target met now and then, by chance' },
    { value: 2, says: 'Target missed every time, as things are' },
  ])('of at most $value% missed it says: $says', ({ value, says }) => {
    const found = section({ contacts: contacts(CALM), targets: [{ series: 'did_not_attend', value }] })
    expect(rowsOf(found, 'over-time-summary')[0]).toEqual(expect.arrayContaining([String(value), says]))
  })

  it('under 13 months the limits are on trial and no verdict is given, on the target neither', () => {
    const targets = [{ series: 'did_not_attend' as const, value: 50 }]
    const found = section({ contacts: contacts(CALM.slice(0, 12)), targets })
    expect(rowsOf(found, 'over-time-summary')[0]).toEqual(
      expect.arrayContaining(['Too early to say', 'Too early to say of the target']),
    )
    expect(found?.figures.find((it) => it.id === 'over-time-did-not-attend')?.summary.text).toContain(
      'With 12 months the limits are on trial only: they count from 13.',
    )
  })

  it('a new mean begins only where the project declares one, however clear the step', () => {
    const step = [...CALM.slice(0, 8), ...CALM.slice(0, 8).map((n) => n + 30)]
    const means = (changes: ServiceOverTime['changes']) =>
      new Set(rowsOf(section({ contacts: contacts(step), changes }), 'over-time-did-not-attend').map((row) => row[2]))
    expect(means([])).toEqual(new Set(['35.0']))
    expect(means([change()])).toEqual(new Set(['35.0']))
    expect(means([change({ is_rebase: true })])).toEqual(new Set(['20.0', '50.0']))
  })

  it('a month without a number is a gap, and is in no run and no limit', () => {
    const withGap = contacts(CALM).filter((_, at) => at !== 5)
    const row = rowsOf(section({ contacts: withGap }), 'over-time-did-not-attend')[5]
    expect(row?.[0]).toBe('June 2023')
    expect(row?.[1]).not.toMatch(/\d/)
  })

  it('counts so small that one more would be the variation are drawn by quarter, or not at all', () => {
    const starts = (n: number) => Array.from({ length: 36 }, (_, at) => ({ month: month(at), n: n + (at % 2) }))
    expect(rowsOf(section({ starts: starts(2) }), 'over-time-starts')).toHaveLength(12)
    expect(section({ starts: starts(0) })).toBeUndefined()
  })
})

describe('a declared change', () => {
  const STEP = [...CALM.slice(0, 8), ...CALM.map((n) => n + 20)]

  it('gives the jump and the change of slope with their intervals and the lag, in a table and a chart', () => {
    const found = section({ contacts: contacts(STEP), changes: [change()] })
    const [row] = rowsOf(found, 'over-time-changes')
    expect(row?.slice(0, 4)).toEqual(['Reminders, 1 September 2023', 'Contacts missed, by month', '8', '16'])
    expect(row?.[4]).toMatch(/^\d+\.\d\d \(\d+\.\d\d to \d+\.\d\d\)$/)
    expect(row?.at(-1)).toBe('Newey–West, lag 2')
    expect(found?.figures.map((it) => it.chart)).toContain('interrupted_series')
  })

  it('is refused, with the reason, where fewer than three months stand on a side', () => {
    const changes = [change({ date: '2023-03-01' as IsoDate })]
    const found = section({ contacts: contacts(STEP), changes })
    expect(rowsOf(found, 'over-time-changes')[0]).toEqual(
      expect.arrayContaining(['2', 'not estimated: fewer than 3 before']),
    )
    expect(found?.figures.map((it) => it.chart)).not.toContain('interrupted_series')
  })

  it('the month it fell inside counts as before', () => {
    const changes = [change({ date: '2023-09-15' as IsoDate })]
    expect(rowsOf(section({ contacts: contacts(STEP), changes }), 'over-time-changes')[0]?.[2]).toBe('9')
  })
})

describe('what is released over time', () => {
  it.each(['hes-7/5', 'mhsds-5/5', 'opensafely-7/5', 'ten'] as const)(
    'under %s: no month of few people, and no chart whose points are single events',
    (policy) => {
      const found = section(service.over_time, policy)
      expect(found?.figures.map((it) => it.chart)).not.toContain('rare_events')
      const shown = rowsOf(found, 'over-time-did-not-attend').map((row) => row[1])
      // In July 2023 one person missed two contacts.
      expect(shown[6]).toBe('*')
      expect(shown.filter((it) => it === '*')).toHaveLength(1)
    },
  )

  it('many emergencies of three people a month are shown by quarter only, when enough people had them', () => {
    const emergency = Array.from({ length: 24 }, (_, at) => ({
      ...{ month: month(at), events: 30 + (at % 3), n_users: 3, n_users_in_quarter: 9, person_days: 30 * 200 },
    }))
    expect(rowsOf(section({ emergency }, 'hes-7/5'), 'over-time-emergency')).toHaveLength(8)
    expect(section({ emergency: emergency.map((it) => ({ ...it, n_users_in_quarter: 4 })) }, 'hes-7/5')).toBeUndefined()
    expect(rowsOf(section({ emergency }), 'over-time-emergency')).toHaveLength(24)
  })

  it('many missed contacts of few people are withheld like few contacts', () => {
    const found = section({ contacts: contacts(CALM, 3) }, 'hes-7/5')
    expect(found).toBeUndefined()
  })

  it('the mean and the limits are those of the values shown: a reader can work them out again', () => {
    const rows = rowsOf(section(service.over_time, 'hes-7/5'), 'over-time-did-not-attend')
    const values = rows.map((row) => (row[1] === '*' ? null : Number.parseFloat(row[1] as string)))
    const known = values.filter((it) => it !== null)
    const mean = known.reduce((sum, it) => sum + it, 0) / known.length
    const ranges = values.flatMap((it, at) => {
      const before = values[at - 1]
      return it === null || before === null || before === undefined ? [] : [Math.abs(it - before)]
    })
    const reach = (2.66 * ranges.reduce((sum, it) => sum + it, 0)) / ranges.length
    expect(rows[0]?.slice(2, 5)).toEqual([mean, mean - reach, mean + reach].map((it) => it.toFixed(1)))
  })

  it('rare events of few people are not named at all; of enough people, their centre and limit are', () => {
    const [rare] = service.over_time.rare
    if (rare === undefined) throw new Error('there is one')
    expect(section({ rare: [rare] }, 'hes-7/5')).toBeUndefined()
    const many = section({ rare: [{ ...rare, n_users: 12 }] }, 'hes-7/5')
    expect(rowsOf(many, 'over-time-rare')[0]?.slice(0, 3)).toEqual(['Section 136 detention', 't chart: days', '15'])
    expect(section({ rare: [rare] })?.figures.map((it) => it.chart)).toEqual(['rare_events'])
  })
})
