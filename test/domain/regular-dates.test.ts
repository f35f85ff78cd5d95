import { describe, expect, it } from 'vitest'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import { regularSeries } from '../../src/domain/regular-dates.ts'

const series = (...dates: string[]) => regularSeries(dates.map((date) => ({ date: date as IsoDate, value: 1 })))
const missing = (...dates: string[]) =>
  series(...dates)
    .rows.filter((row) => row.value === null)
    .map((row) => row.date)

describe('which dates are missing', () => {
  it.each([
    { title: 'a month between months', dates: ['2025-01-01', '2025-02-01', '2025-04-01'], expected: ['2025-03-01'] },
    { title: 'month ends', dates: ['2025-01-31', '2025-02-28', '2025-04-30'], expected: ['2025-03-31'] },
    { title: 'a quarter', dates: ['2024-01-01', '2024-04-01', '2024-10-01'], expected: ['2024-07-01'] },
    { title: 'a week', dates: ['2025-01-06', '2025-01-13', '2025-01-27'], expected: ['2025-01-20'] },
    { title: 'days as they come: none', dates: ['2025-01-06', '2025-01-08', '2025-01-19'], expected: [] },
    { title: 'two dates: none', dates: ['2025-01-01', '2025-06-01'], expected: [] },
    { title: 'one date: none', dates: ['2025-01-01'], expected: [] },
  ])('$title', ({ dates, expected }) => {
    expect(missing(...dates)).toEqual(expected)
  })

  it('dates are put in order', () => {
    expect(series('2025-03-01', '2025-01-01', '2025-02-01').rows.map((row) => row.date)).toEqual([
      '2025-01-01',
      '2025-02-01',
      '2025-03-01',
    ])
  })
})
