import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sqliteExecutor } from '../../src/store/executor.ts'
import { readUsagePerson } from '../../src/store/queries/usage.ts'
import { readDataDays, readIndexDays, readStayDays, readUseDays } from '../../src/store/queries/use-days.ts'
import { buildModels } from '../../src/store/run-models.ts'
import { INDEX_EVENTS, type IndexEvent } from '../../src/usage/index-events.ts'
import { type UseData, useUnder } from '../../src/usage/use-choice.ts'
import { useSensitivity } from '../../src/usage/use-sensitivity.ts'
import { openWorld, type World } from '../store/world.ts'
import { worlds } from '../store/worlds.ts'

const DAY_0 = 19_000

/** One person a drawing: days from joining of their events; what may end their time; referred ten days before. */
function dataOf(
  people: readonly {
    readonly events?: readonly number[]
    readonly merged?: readonly number[]
    readonly died?: number
    readonly moved?: number
  }[],
  { data_start = null as number | null, data_end = 3000 } = {},
): UseData {
  const uses = people.flatMap(({ events = [], merged = [] }, nth) => [
    ...events.map((day) => ({ person_key: nth + 1, day, is_merged: 0 })),
    ...merged.map((day) => ({ person_key: nth + 1, day, is_merged: 1 })),
  ])
  const day = (from: number | undefined) => (from === undefined ? null : DAY_0 + from)
  return {
    people: people.flatMap(({ died, moved }, nth) =>
      (['referral', 'first_contact'] as const).map((index_event) => ({
        ...{ person_key: nth + 1, index_event, death_day: day(died), moved_day: day(moved) },
        index_day: index_event === 'referral' ? DAY_0 - 10 : DAY_0,
      })),
    ),
    uses: {
      person_keys: Int32Array.from(uses, (it) => it.person_key),
      start_days: Int32Array.from(uses, (it) => DAY_0 + it.day),
      types: Uint8Array.from(uses, () => 0),
      event_types: ['gp'],
      is_merged: Uint8Array.from(uses, (it) => it.is_merged),
    },
    stays: [],
    data_start_day: data_start === null ? null : DAY_0 + data_start,
    data_end_day: DAY_0 + data_end,
  }
}

const MADE = { index_event: 'first_contact', window_months: 12, min_exposure_days: 90 } as const
const choice = (change = {}) => ({ ...MADE, min_exposure_days: 0, counts_merged: false, ...change })

describe('use under another choice', () => {
  it('under the choice that the project made, is what the models count, on any small world', async () => {
    let n_rows = 0
    await fc.assert(
      fc.asyncProperty(worlds(), async (world) => {
        n_rows += await agrees(world)
      }),
      { seed: 20_260_401, numRuns: 30 },
    )
    expect(n_rows).toBeGreaterThan(100)
  })

  it.each([
    { followed: '12 months', died: 400, days_after: 365, left_out: 0 },
    { followed: '7 months', died: 212, days_after: 212, left_out: 0 },
    { followed: '2 months', died: 60, days_after: 60, left_out: 1 },
    { followed: '0 months', died: 0, days_after: 0, left_out: 1 },
  ])(
    'N28: a person followed for $followed counts for that time; below 90 days they are left out of the comparison that asks for as many',
    ({ died, days_after, left_out }) => {
      const data = dataOf([{ events: [-5], died }])
      expect(useUnder(choice(), data, ['gp'])).toMatchObject([{ days_before: 365, days_after, events_before: 1 }])
      expect(useUnder(choice({ min_exposure_days: 90 }), data, ['gp'])).toHaveLength(1 - left_out)
    },
  )

  it('N28: windows are mirrored at any length, an event on the joining day is after, and one on the edge is outside', () => {
    const data = dataOf([{ events: [-184, -183, -1, 0, 180, 181] }])
    // 8 January 2022 less 6 months is 184 days, plus 6 months 181
    expect(useUnder(choice({ window_months: 6 }), data, ['gp'])).toMatchObject([
      { days_before: 184, days_after: 181, events_before: 3, events_after: 2 },
    ])
  })

  it('N28: counted from the referral ten days earlier, what lies between changes sides', () => {
    const data = dataOf([{ events: [-20, -5] }])
    const counts = (index_event: IndexEvent) =>
      useUnder(choice({ index_event }), data, ['gp']).map((it) => [it.events_before, it.events_after])
    expect(counts('first_contact')).toEqual([[2, 0]])
    expect(counts('referral')).toEqual([[1, 1]])
  })
})

describe('sensitivity to the choice', () => {
  const kinds = (data: UseData) =>
    useSensitivity(MADE, data, ['gp']).map(
      ({ what }) => `${what.kind} ${what.choice.index_event} ${what.choice.window_months}`,
    )

  it('each row makes one other choice: index events that anybody has, windows that the data can tell apart, exposure, overlap', () => {
    expect(kinds(dataOf([{ events: [-20, 5], merged: [-20] }]))).toEqual([
      'as_reported first_contact 12',
      'index_event referral 12',
      'window first_contact 6',
      'window first_contact 24',
      'exposure first_contact 12',
      'overlap first_contact 12',
    ])
  })

  it('a window longer than the data has no row, nor has overlap where nothing was merged', () => {
    expect(kinds(dataOf([{ events: [-20] }], { data_start: -365, data_end: 364 }))).toEqual([
      'as_reported first_contact 12',
      'index_event referral 12',
      'window first_contact 6',
      'exposure first_contact 12',
    ])
  })

  it('says how many joined and how many were left out', () => {
    const rows = useSensitivity(MADE, dataOf([{}, { died: 0 }, { died: 60 }, { moved: 80 }]), ['gp'])
    const found = rows.map((it) => [it.what.kind, it.n_joined, it.n_left_out])
    expect(found).toContainEqual(['as_reported', 4, 1])
    expect(found).toContainEqual(['exposure', 4, 3])
  })
})

/** Gives the number of rows that were compared. */
async function agrees(world: World): Promise<number> {
  const store = openWorld(world)
  try {
    await buildModels(sqliteExecutor(store.sqlite))
    const { index_event, window_months } = world.settings[0] as World['settings'][number]
    let n_rows = 0
    for (const service of new Set(world.usage_coverage.map((it) => it.service_code))) {
      const rows = await readUsagePerson(store.kysely, service)
      const types = [...new Set(rows.map((it) => it.event_type))]
      const data = {
        people: await readIndexDays(store.kysely, service),
        uses: readUseDays(store.sqlite, service, types),
        stays: await readStayDays(store.kysely),
        ...(await readDataDays(store.kysely)),
      }
      const made = choice({ index_event: INDEX_EVENTS.find((it) => it === index_event), window_months })
      for (const type of types) {
        const expected = rows.filter((it) => it.event_type === type)
        const found = useUnder(made, data, [type]).map((it) => ({ ...it, service_code: service, event_type: type }))
        expect(found).toEqual(expected)
        n_rows += found.length
      }
    }
    return n_rows
  } finally {
    store.close()
  }
}
