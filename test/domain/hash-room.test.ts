import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { HashRoom } from '../../src/domain/hash-room.ts'

const START = Buffer.from('key')

function plainly(text: string): string {
  return createHash('sha256').update(START).update(text).digest('binary')
}

describe('a room for hashing', () => {
  it('gives SHA-256 of the beginning and the text, before and after a text that it has to grow for', () => {
    const room = new HashRoom(START, 8)
    const texts = ['a', 'bb', 'a', 'é', 'ten letters', 'a', 'bb', 'x'.repeat(5000), 'ten letters', '']
    expect(texts.map((text) => room.hash(text, 'utf8'))).toEqual(texts.map(plainly))
  })

  it('lets what is written ask for more room, and hashes it whole', () => {
    const room = new HashRoom(START, 8)
    const written = (text: string) =>
      room.hashWritten((target, at) => (at + text.length > target.length ? -1 : at + target.write(text, at)))
    const texts = ['a', 'y'.repeat(100), 'a', 'y'.repeat(100)]
    expect(texts.map(written)).toEqual(texts.map(plainly))
  })
})
