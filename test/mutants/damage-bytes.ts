import type { Random } from '../../src/stats/random.ts'
import { chance, pick, upTo } from './kinds.ts'

type Damage = (bytes: Buffer, random: Random) => Buffer

const MARKS = [
  ',',
  ';',
  '"',
  '""',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\t',
  ' ',
  '|',
  '<',
  '>',
  '{',
  '}',
  '[',
  ']',
  ':',
  '\\',
  '/',
  '-',
  '.',
  'é',
  '\ufeff',
]

const DAMAGES: readonly Damage[] = [
  function flipBit(bytes, random) {
    const copy = Buffer.from(bytes)
    const at = upTo(random, copy.length)
    copy[at] = (copy[at] as number) ^ (1 << upTo(random, 8))
    return copy
  },
  function otherByte(bytes, random) {
    const copy = Buffer.from(bytes)
    copy[upTo(random, copy.length)] = upTo(random, 256)
    return copy
  },
  function otherDigit(bytes, random) {
    const copy = Buffer.from(bytes)
    const at = indexFrom(copy, upTo(random, copy.length), (byte) => byte >= 48 && byte <= 57)
    if (at >= 0) copy[at] = 48 + upTo(random, 10)
    return copy
  },
  function cutOff(bytes, random) {
    return bytes.subarray(0, upTo(random, bytes.length) + 1)
  },
  function cutOut(bytes, random) {
    const at = upTo(random, bytes.length)
    return splice(bytes, at, at + length(random), Buffer.alloc(0))
  },
  function putIn(bytes, random) {
    const at = upTo(random, bytes.length)
    return splice(bytes, at, at, Buffer.from(pick(random, MARKS)))
  },
  function markOver(bytes, random) {
    const at = upTo(random, bytes.length)
    return splice(bytes, at, at + 1, Buffer.from(pick(random, MARKS)))
  },
  function markLost(bytes, random) {
    const at = indexFrom(bytes, upTo(random, bytes.length), (byte) =>
      [44, 59, 34, 10, 13, 9, 60, 62, 58].includes(byte),
    )
    return at < 0 ? bytes : splice(bytes, at, at + 1, Buffer.alloc(0))
  },
  function copied(bytes, random) {
    const from = upTo(random, bytes.length)
    const at = upTo(random, bytes.length)
    return splice(bytes, at, at, bytes.subarray(from, from + length(random)))
  },
  function copiedOver(bytes, random) {
    const from = upTo(random, bytes.length)
    const at = upTo(random, bytes.length)
    const piece = bytes.subarray(from, from + length(random))
    return splice(bytes, at, at + piece.length, piece)
  },
  function moved(bytes, random) {
    const from = upTo(random, bytes.length)
    const piece = Buffer.from(bytes.subarray(from, from + length(random)))
    const rest = splice(bytes, from, from + piece.length, Buffer.alloc(0))
    const at = upTo(random, rest.length + 1)
    return splice(rest, at, at, piece)
  },
  function zeroed(bytes, random) {
    const at = upTo(random, bytes.length)
    return Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + length(random)))
  },
]

/** One to three faults, as disks, lines and careless programs make them. */
export function damageBytes(bytes: Buffer, random: Random): { bytes: Buffer; how: string } {
  let damaged = bytes
  const how: string[] = []
  do {
    const damage = pick(random, DAMAGES)
    how.push(damage.name)
    damaged = damage(damaged, random)
  } while (how.length < 3 && damaged.length > 0 && chance(random, 0.3))
  return { bytes: damaged.length > 0 ? damaged : bytes.subarray(0, 1), how: how.join(' + ') }
}

/** Mostly a few bytes, now and then a record or more. */
function length(random: Random): number {
  return 1 + upTo(random, chance(random, 0.7) ? 4 : 200)
}

function splice(bytes: Buffer, from: number, to: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)])
}

function indexFrom(bytes: Buffer, from: number, is: (byte: number) => boolean): number {
  for (let n = 0; n < bytes.length; n++) {
    const at = (from + n) % bytes.length
    if (is(bytes[at] as number)) return at
  }
  return -1
}
