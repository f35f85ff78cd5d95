import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/disclosure/gate.ts'
import { Released, ReleasedText, say, takeReleaseMaker } from '../../src/disclosure/released.ts'
import type { ReleasedRow } from '../../src/disclosure/released-table.ts'
import type { HeadlineCard } from '../../src/report/document.ts'

const gate = createGate('hes-7/5')

describe('a number that has not passed the gate', () => {
  it('does not compile in a table, a card or a sentence', () => {
    // @ts-expect-error a raw number in a row
    const row: ReleasedRow = { people: 12 }
    // @ts-expect-error a raw number on a card
    const card: HeadlineCard = { label: say`People`, value: 12, detail: say`all` }
    // @ts-expect-error a released number is not a plain one that looks alike
    const alike: Released = { state: { kind: 'shown', value: 12, text: '12' }, value: 12, text: '12', words: '12' }
    // @ts-expect-error a built string, which could hold any number, in a row
    const words: ReleasedRow = { people: `${12} people` }
    expect([row, card, alike, words]).toHaveLength(4)
  })

  it('does not compile in a sentence, and stops the program if it is forced in', () => {
    const n = Number('12')
    const built = `${n} people`
    // @ts-expect-error a raw number in a sentence
    expect(() => say`There are ${n} people.`).toThrow('released values')
    // @ts-expect-error a sentence built around a number
    expect(say`There are ${`${n} people`}.`.text).toBe('There are 12 people.')
    // @ts-expect-error a built string in a sentence
    expect(say`There are ${built}.`.text).toBe('There are 12 people.')
    expect(say`There are ${gate.count(n)} ${'people'}.`.text).toBe('There are 10 people.')
  })

  it('cannot be turned into a released value outside the gate', () => {
    // @ts-expect-error the key is not exported
    expect(() => new Released({ kind: 'shown', value: 12, text: '12' }, Symbol('guess'))).toThrow('only maker')
    // @ts-expect-error the key is not exported
    expect(() => new ReleasedText('12 people', Symbol('guess'))).toThrow('made by say or by the gate')
    expect(() => takeReleaseMaker()).toThrow('only maker')
  })
})
