import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextCells } from '../../src/ingest/cells.ts'
import { Columns } from '../../src/ingest/columns.ts'
import { RowReader, type RowSetup } from '../../src/ingest/row-reader.ts'
import { compileAssessment } from '../../src/ingest/yields/assessment.ts'
import { context, profile } from './reading-room.ts'

/** Cells of which none is known to be a plain number: every answer then takes the long way. */
class LongWay extends TextCells {
  override whole(): number {
    return -1
  }

  override wholes(): boolean {
    return false
  }
}

const setup = {
  ...context,
  date_order: 'ymd',
  serial_dates: null,
  blanks: new Set(['none']),
  has_blank_numbers: false,
  services: new Map(),
  provider: '',
} as unknown as RowSetup

const answer = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('0', '1', '2', '3', '4') },
  { weight: 3, arbitrary: fc.constantFrom('5', '7', '8', '9', '10', '99', '100') },
  { weight: 1, arbitrary: fc.constantFrom('', 'none', ' 2', '2.0', '03', '-1', '1.5', 'x', '２', '#N/A', '1e1') },
)

describe('a form answered by plain numbers, read the short way', () => {
  it.each([
    ['PCL-5', 'pcl-5', 20, 'scored'],
    ['WSAS, whose 9 says that work does not apply', 'wsas', 5, 'scored'],
    ['DIALOG, whose 8 is on the national list', 'dialog', 11, 'scored'],
    ['ReQoL-10 as printed, with items to turn round', 'reqol-10', 10, 'raw'],
    ['PHQ-9', 'phq-9', 9, 'scored'],
  ])('gives what the long way gives, faults, doubts and all: %s', (_name, measure, count, coding) => {
    const found = profile(`
profile: plain
title: Plain
reads: csv
date_order: ymd
yields:
  - kind: assessment
    measure: { constant: ${measure} }
    assessed_date: date
    coding: ${coding}
    items: { pattern: 'q{n}', count: ${count} }
    ${measure === 'dialog' ? '' : 'total: total'}
`)
    const headings = ['date', ...Array.from({ length: count }, (_, n) => `q${n + 1}`), 'total']
    const part = found.profile.yields[0] as Parameters<typeof compileAssessment>[0]
    const read = compileAssessment(part, new Columns(headings, 'x.csv'))
    const outcome = (cells: TextCells) => {
      const row = new RowReader(setup)
      row.begin(cells)
      return { row: read(row), faults: row.faults, doubts: row.doubts }
    }
    const form = fc.tuple(fc.array(answer, { minLength: count, maxLength: count }), fc.integer({ min: 0, max: 90 }))
    let nPlain = 0
    fc.assert(
      fc.property(form, ([answers, total]) => {
        const cells = ['2025-01-02', ...answers, String(total)]
        const short = outcome(new TextCells(cells))
        if (short.faults.length === 0) nPlain++
        expect(short).toEqual(outcome(new LongWay(cells)))
      }),
      { numRuns: 400, seed: 3 },
    )
    expect(nPlain).toBeGreaterThan(10)
  })
})
