import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, dateOfDay, dayNumber, type IsoDate, isIsoDate, isoDate } from '../../src/domain/iso-date.ts'

const date = (text: string) => text as IsoDate

describe('calendar dates', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11016],
    ['2024-02-29', 19782],
    ['2026-03-31', 20543],
    ['1900-03-01', -25508],
  ])('%s is day %d', (text, day) => {
    expect(dayNumber(date(text))).toBe(day)
    expect(dateOfDay(day)).toBe(text)
  })

  it.each([
    ['2025-02-29', false],
    ['2024-02-29', true],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2025-02-31', false],
    ['2025-13-01', false],
    ['2025-1-01', false],
    ['31/01/2025', false],
    ['0000-01-01', false],
  ])('%s is a real date: %s', (text, real) => {
    expect(isIsoDate(text)).toBe(real)
  })

  it.each([
    ['2024-02-29', -12, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2023-02-28', 12, '2024-02-28'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2025-01-15', -1, '2024-12-15'],
    ['2025-01-15', -24, '2023-01-15'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(addMonths(date(from), months)).toBe(to)
  })

  it('every day number comes back from its date, and the next day is one later', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_000_000 }), (day) => {
        expect(dayNumber(dateOfDay(day))).toBe(day)
        expect(dayNumber(dateOfDay(day + 1))).toBe(day + 1)
      }),
    )
  })

  it('does not make a date of a day that does not exist', () => {
    expect(isoDate(2025, 2, 29)).toBeNull()
    expect(isoDate(2025, 4, 31)).toBeNull()
    expect(isoDate(2024, 2, 29)).toBe('2024-02-29')
  })
})
