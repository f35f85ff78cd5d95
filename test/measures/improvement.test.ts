import { describe, expect, it } from 'vitest'
import { classifyChange, goalsMeanChange, improvement, isReliableRecovery } from '../../src/measures/improvement.ts'
import type { Measure, Scale } from '../../src/measures/measure.ts'
import { measureById, scaleOf } from '../../src/measures/registry.ts'
import { withThresholds } from '../../src/measures/with-thresholds.ts'

const scale = (id: string, scaleId = 'total') => scaleOf(id, scaleId) as Scale

describe('change', () => {
  it('positive is better, whichever way the measure runs', () => {
    expect(improvement('higher', 20, 25)).toBe(5)
    expect(improvement('lower', 20, 25)).toBe(-5)
    expect(scale('reqol-10').better).toBe('higher')
    expect(scale('pcl-5').better).toBe('lower')
  })

  it.each([
    ['pcl-5', 50, 35, 'improved'],
    ['pcl-5', 50, 36, 'none'],
    ['pcl-5', 35, 50, 'deteriorated'],
    ['phq-9', 15, 9, 'improved'],
    ['phq-9', 15, 10, 'none'],
    ['gad-7', 8, 12, 'deteriorated'],
    ['reqol-10', 20, 25, 'improved'],
    ['reqol-10', 25, 20, 'deteriorated'],
  ])('%s from %i to %i: %s (the threshold itself counts)', (id, pre, post, expected) => {
    expect(classifyChange(scale(id), pre, post)).toBe(expected)
  })

  it('decimals that should meet the threshold do', () => {
    expect(0.1 + 0.2).not.toBe(0.3)
    const dialog = scale('dialog', 'sqol')
    expect(classifyChange(dialog, 0.3, 0.1 + 0.2, 0)).toBe('improved')
    expect(classifyChange(dialog, 4.1, 4.1 + 0.7, 0.7)).toBe('improved')
    expect(classifyChange(dialog, 4.8, 4.1, 0.7)).toBe('deteriorated')
  })

  it('the national DIALOG rule is one point on an item, and is not called reliable change', () => {
    const item = scale('dialog', 'item_1')
    expect(item.reliable_change).toBeNull()
    expect(classifyChange(item, 3, 4)).toBeNull()
    const points = item.national_change_points
    expect([
      classifyChange(item, 3, 4, points),
      classifyChange(item, 4, 4, points),
      classifyChange(item, 5, 4, points),
    ]).toEqual(['improved', 'none', 'deteriorated'])
  })

  it('a scale with no published threshold says nothing until a project sets one', () => {
    expect(classifyChange(scale('itq'), 30, 10)).toBeNull()
    const own = withThresholds(measureById('itq') as Measure, 'total', { reliable_change: 12 })
    const total = own.scales.find(({ scale_id }) => scale_id === 'total') as Scale
    expect(classifyChange(total, 30, 18)).toBe('improved')
    expect(total.reliable_change?.status).toBe('CONFIGURED')
    expect(scale('itq').reliable_change).toBeNull()
  })

  it('recovery without a cut-off is not known', () => {
    expect(isReliableRecovery(scale('wsas'), 30, 5)).toBeNull()
    expect(isReliableRecovery(scale('pcl-5'), 50, 32)).toBe(true)
    expect(isReliableRecovery(scale('pcl-5'), 50, 33)).toBe(false)
  })

  it('goals rated only once are in no change', () => {
    expect(goalsMeanChange([2, null], [null, 4])).toBeNull()
  })
})
