import { describe, expect, it } from 'vitest'
import { heldOutFiles } from '../../../fixtures/odd-files/held-out.ts'
import { mapOdd, truthOf } from './odd-room.ts'

const files = await heldOutFiles()

describe('files written after the guessing (docs/odd-files.md says how the first run went)', () => {
  it.each(files)('$name: $odd', async (odd) => {
    const { scores, asked } = await mapOdd(odd)
    expect(asked).toEqual(Object.keys(odd.asks))
    if (asked.length === 0) expect(scores).toEqual(truthOf(odd))
    const answers = Object.entries(odd.asks).filter((entry): entry is [string, string] => entry[1] !== null)
    if (answers.length === 0) return
    expect((await mapOdd(odd, Object.fromEntries(answers))).scores).toEqual(truthOf(odd))
  })
})
