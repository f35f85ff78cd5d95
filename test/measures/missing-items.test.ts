import { expect, it } from 'vitest'
import type { Measure } from '../../src/measures/measure.ts'
import { countMissingItems } from '../../src/measures/missing-items.ts'
import { measureById } from '../../src/measures/registry.ts'

it('counts the forms that left each needed item out; blanks count as left out, optional items do not', () => {
  const gbo = measureById('gbo') as Measure // the second and third goal are optional
  expect(countMissingItems(gbo, [{ items: ',5,', n_forms: 3 }])).toEqual([{ position: 1, n_missing: 3 }])

  const phq9 = measureById('phq-9') as Measure
  const counted = countMissingItems(phq9, [
    { items: '0,1,2,,0,0,0,0,0', n_forms: 2 },
    { items: '0,1,2, ,0,0,0,0,', n_forms: 1 },
    { items: '0,1,2', n_forms: 1 },
  ])
  expect(counted.map((it) => it.n_missing)).toEqual([0, 0, 0, 4, 1, 1, 1, 1, 2])
})
