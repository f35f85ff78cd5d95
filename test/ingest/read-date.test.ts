import { describe, expect, it } from 'vitest'
import { type DateOrder, readDate, readPeriod } from '../../src/ingest/read-date.ts'
import { table } from '../table.ts'

function shown(result: ReturnType<typeof readDate>): string {
  return 'date' in result ? result.date : result.fault
}

describe('dates as exports write them', () => {
  it.each(
    table(`
      written                     | order | means
      ----------------------------+-------+----------------------
      03/04/2025                  | dmy   | 2025-04-03
      03/04/2025                  | mdy   | 2025-03-04
      03/04/2025                  | ymd   | not_a_date
      3.4.2025                    | dmy   | 2025-04-03
      25/12/2025 14:30            | dmy   | 2025-12-25
      12/25/2025                  | dmy   | not_a_date
      12/25/2025 2:30 PM          | mdy   | 2025-12-25
      31/02/2025                  | dmy   | not_a_date
      29/02/2024                  | dmy   | 2024-02-29
      29/02/2025                  | dmy   | not_a_date
      03/04/25                    | dmy   | two_digit_year
      2025-04-03                  | dmy   | 2025-04-03
      2025-04-03T23:59:59+01:00   | dmy   | 2025-04-03
      2024-11-05 12:05:43.562     | ymd   | 2024-11-05
      2025/4/3                    | ymd   | 2025-04-03
      29 Sep 2011 14:53:28        | dmy   | 2011-09-29
      1st March 2025              | dmy   | 2025-03-01
      3-Apr-25                    | dmy   | two_digit_year
      3 Smarch 2025               | dmy   | not_a_date
      01/01/1900                  | dmy   | date_is_a_placeholder
      9999-12-31                  | ymd   | date_is_a_placeholder
      unknown                     | dmy   | not_a_date
      2025-04-03 lunchtime        | ymd   | not_a_date
    `),
  )('$written in a $order file is $means', ({ written, order, means }) => {
    expect(shown(readDate(String(written), order as DateOrder))).toBe(means)
  })

  it('eight digits are a year, a month and a day', () => {
    expect(shown(readDate('20250403', 'dmy'))).toBe('2025-04-03')
    expect(shown(readDate('20251303', 'dmy'))).toBe('not_a_date')
  })

  it.each([
    ['1', '1900', 'date_is_a_placeholder'],
    ['59', '1900', 'date_is_a_placeholder'],
    ['60', '1900', 'not_a_date'],
    ['45000', '1900', '2023-03-15'],
    ['45000.75', '1900', '2023-03-15'],
    ['43538', '1904', '2023-03-15'],
    ['0', '1904', 'date_is_a_placeholder'],
  ] as const)('day number %s of the %s system is %s', (text, system, means) => {
    expect(shown(readDate(text, 'dmy', system))).toBe(means)
  })

  it('a bare number is no date where no spreadsheet wrote it', () => {
    expect(shown(readDate('45000', 'dmy'))).toBe('not_a_date')
  })

  it.each([['2025-03'], ['03/2025'], ['March 2025'], ['mar 2025'], ['01/03/2025']])(
    'the period %s begins on 1 March',
    (text) => {
      expect(shown(readPeriod(text, 'dmy'))).toBe('2025-03-01')
    },
  )
})
