import { describe, expect, it } from 'vitest'
import { composeReports, figuresOf } from '../../pipelines/write-reports.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import type { Figure } from '../../src/report/document.ts'
import { syntheticAnalysis } from './synthetic-analysis.ts'

const flowUnder = (policy: 'internal' | 'hes-7/5') =>
  composeReports(syntheticAnalysis(), createGate(policy))
    .flatMap(figuresOf)
    .find((figure) => figure.id === 'outcome-flow') as Figure

/** One line a box: where it stands, how many, and who goes no further. */
const boxesOf = (flow: Figure) =>
  flow.rows.map((row) =>
    [row.place, row.people, row.label, row.left].map((cell) => cell?.text.replaceAll('\n', '; ')).join(' | '),
  )

describe('the flow from eligible to followed up', () => {
  it('loses nobody: whoever is in a box is in the next or has left for a reason', () => {
    expect(boxesOf(flowUnder('internal'))).toEqual([
      'first | 131 | eligible episodes | No first score: 4',
      'chain | 127 | with a first score (97 have a second) | Not ended yet: 44',
      'chain | 83 | of them ended | ',
      'branch | 67 | score near the end | No score near the end: 16',
      'branch | 43 | score 3 months after | Due, no score: 18; Not due yet: 17; Back in care: 2; Died: 3',
    ])
    expect([4 + 127, 44 + 83, 67 + 16, 43 + 18 + 17 + 2 + 3]).toEqual([131, 127, 83, 83])
  })

  it('says that few left, never how many, where small numbers are protected', () => {
    const boxes = boxesOf(flowUnder('hes-7/5'))
    expect(boxes[0]).toBe('first | 135 | eligible episodes | No first score: fewer than 8')
    expect(boxes[4]).toContain('Back in care: fewer than 8; Died: fewer than 8')
  })
})
