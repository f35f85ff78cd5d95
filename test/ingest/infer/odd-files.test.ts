import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { oddFiles } from '../../../fixtures/odd-files/files.ts'
import { mapOdd, truthOf } from './odd-room.ts'

const files = await oddFiles()
const mapped = files.filter(({ asks }) => Object.keys(asks).length === 0)
const asking = files.filter(({ asks }) => Object.keys(asks).length > 0)

describe('thirty odd files are read with no edits to exactly what is true', () => {
  it.each(mapped)('$name: $odd', async (odd) => {
    const { scores, asked, faults } = await mapOdd(odd)
    expect(asked).toEqual([])
    expect(scores).toEqual(truthOf(odd))
    expect(faults).toEqual([])
  })

  it('there are thirty of them', () => expect(mapped).toHaveLength(30))
})

describe('a file that could be read in two ways asks, and the right answer reads it rightly', () => {
  it.each(asking)('$name: $odd', async (odd) => {
    const { scores, asked } = await mapOdd(odd)
    expect(scores).toBe(null)
    expect(asked).toEqual(Object.keys(odd.asks))
    const answers = Object.entries(odd.asks).filter((entry): entry is [string, string] => entry[1] !== null)
    if (answers.length === 0) return
    const told = await mapOdd(odd, Object.fromEntries(answers))
    expect(told.asked).toEqual([])
    expect(told.scores).toEqual(truthOf(odd))
  })
})

describe('the files as they lie in the repository', () => {
  it.each(files)('$name is what the generator makes', ({ name, bytes }) => {
    const made = readFileSync(join(import.meta.dirname, '../../../fixtures/odd-files/made', name))
    expect(made.equals(bytes)).toBe(true)
  })
})
