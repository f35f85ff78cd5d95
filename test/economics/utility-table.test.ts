import { describe, expect, it } from 'vitest'
import { readUtilityTable } from '../../src/economics/read-utility-table.ts'
import type { AssessmentRecordRow } from '../../src/measures/assessment-rows.ts'
import { utilityRows } from '../../src/measures/utility-rows.ts'

/** Not the licensed weights: 0.04 for each level of each item, to test the contract. */
const ITEMS = ['item1', 'item2', 'item3', 'item4', 'item5', 'item6', 'item11']
const line = (item: string, level: number, off: number) => `${item},${level},${off}`
const LINES = ITEMS.flatMap((item) => [1, 2, 3, 4, 5].map((level) => line(item, level, 0.04 * (level - 1))))
const csv = (lines: readonly string[]) => `item,level,takes_off\n${lines.join('\n')}\n`
const table = { id: 'made-up', country: 'Nowhere', ...readUtilityTable('weights.csv', csv(LINES)) }

function form(items: string, coding: 'scored' | 'raw' = 'scored', measure_id = 'reqol-10'): AssessmentRecordRow {
  return { assessment_id: 7, measure_id, coding, items } as AssessmentRecordRow
}

describe('a licence holder’s table of ReQoL-UI weights', () => {
  it.each([
    ['every answer the best', '4,4,4,4,4,4,0,0,0,0,4', 1],
    ['every answer the worst', '0,0,0,0,0,0,4,4,4,4,0', 1 - 7 * 0.16],
    ['one level down on the physical item alone', '4,4,4,4,4,4,0,0,0,0,3', 0.96],
    ['items that it is not about make no difference', '4,4,4,4,4,4,3,2,1,0,3', 0.96],
  ])('%s: %s', (_, items, utility) => {
    const [row] = utilityRows([form(items)], table)
    expect(row).toMatchObject({ scale_id: 'utility', score_status: 'scored', n_answered: 7, n_expected: 7 })
    expect(row?.score).toBeCloseTo(utility, 10)
  })

  it('raw answers are turned round first: items 1, 3 and 6 are asked the other way', () => {
    const [row] = utilityRows([form('0,4,0,4,4,0,0,0,0,0,4', 'raw')], table)
    expect(row?.score).toBeCloseTo(1, 10)
  })

  it.each([
    ['the physical item left out', '4,4,4,4,4,4,4,4,4,4', 'too_many_missing'],
    ['an impossible answer', '4,4,9,4,4,4,4,4,4,4,4', 'invalid'],
  ])('%s: no utility, never 0', (_, items, status) => {
    const [row] = utilityRows([form(items)], table)
    expect([row?.score, row?.score_status]).toEqual([null, status])
  })

  it('other questionnaires have no such utility', () => {
    expect(utilityRows([form('1,1,1', 'scored', 'phq-9')], table)).toEqual([])
  })

  it.each([
    ['a level is missing', LINES.slice(1), 'item1: level 1 is missing or there twice'],
    ['six items', LINES.slice(5), 'it holds 6 items; ReQoL-UI is about seven'],
    ['a level is there twice', [...LINES, line('item1', 1, 0)], 'item1: level 1 is missing or there twice'],
    ['a word for a number', [...LINES.slice(1), 'item1,1,none'], 'line 36: takes_off is not a number'],
    ['a level of 0', [...LINES.slice(1), line('item1', 0, 0)], 'line 36: level is not 1 to 5'],
    ['an unknown item', [...LINES.slice(1), line('sleep', 1, 0)], 'line 36: item is not item1'],
  ])('is refused where %s', (_, lines, words) => {
    expect(() => readUtilityTable('weights.csv', csv(lines))).toThrow(words)
  })
})
