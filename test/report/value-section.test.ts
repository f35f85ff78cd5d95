import { expect, it } from 'vitest'
import { releaseSwings } from '../../reports/parts/release-value.ts'
import { valueSections } from '../../reports/parts/value-section.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import type { ValueForMoney } from '../../src/economics/value-for-money.ts'
import type { ReportSection } from '../../src/report/document.ts'
import { syntheticAnalysis } from './synthetic-analysis.ts'
import { syntheticValue } from './synthetic-value.ts'

const [usage] = syntheticAnalysis().usage

function sectionOf(value: ValueForMoney): ReportSection {
  if (usage === undefined) throw new Error('there is one')
  return valueSections(createGate('hes-7/5'), { ...usage, value }, undefined)[0] as ReportSection
}

it('no ratio is printed where the people do not settle which way the differences lie, and one where they do', () => {
  const value = syntheticValue()
  const [pair] = value.cea?.pairs ?? []
  if (pair === undefined || value.cea === null) throw new Error('there is one')
  const lead = (change: Partial<typeof pair>) =>
    sectionOf({ ...value, cea: { ...(value.cea as NonNullable<typeof value.cea>), pairs: [{ ...pair, ...change }] } })
      .lead.text
  expect(lead({ is_icer_uncertain: true, icer: 12_000, quadrant: 'NE' })).toContain(
    'No ratio of cost to QALYs is given',
  )
  expect(lead({ is_icer_uncertain: false, icer: 12_000, quadrant: 'NE' })).toContain('Each further QALY cost £12,000')
  expect(lead({ is_icer_uncertain: false, icer: null, icer_reason: 'comparator_dominates', quadrant: 'SE' })).toContain(
    'it cost less and did more',
  )
  expect(lead({})).toContain('There is no comparison group')
})

it.each([
  ['no_utilities', 'needs utilities'],
  ['no_programme_cost', 'own cost was not supplied'],
  ['fewer_than_20_people', 'fewer than 20 people'],
] as const)('where value cannot be worked out the section says why: %s', (reason, words) => {
  const section = sectionOf({ ...syntheticValue(), cea: null, spread: null, reason })
  expect(section.lead.text).toContain(words)
  expect(section.figures).toEqual([])
})

it('what a price of a service few people used would move is withheld, and with it one more, so that it cannot be had by subtraction', () => {
  const value = syntheticValue()
  const [priced] = value.swings.filter((it) => it.n_people !== null)
  if (priced === undefined) throw new Error('there is one')
  const swings = [60, 3, 25].map((n_people) => ({ ...priced, label: `used by ${n_people}`, n_people }))
  const shown = (id: 'hes-7/5' | 'internal') =>
    releaseSwings(createGate(id), { ...value, swings }).map((it) => it.low.is_shown)
  expect(shown('hes-7/5')).toEqual([true, false, false])
  expect(shown('internal')).toEqual([true, true, true])
})

it('leaving one person out is for internal reports alone', () => {
  const labels = (id: 'hes-7/5' | 'internal') => {
    if (usage === undefined) throw new Error('there is one')
    const [section] = valueSections(createGate(id), { ...usage, value: syntheticValue() }, undefined)
    return JSON.stringify(
      section?.appendix?.flatMap((it) => it.rows.map((row) => (row.label as { text?: string })?.text)),
    )
  }
  expect(labels('internal')).toContain('Without the person')
  expect(labels('hes-7/5')).not.toContain('Without the person')
})
