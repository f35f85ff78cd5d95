import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Base 32 by way of one large number. */
function base32Slowly(bytes: Buffer): string {
  let number = BigInt(`0x${bytes.toString('hex')}`) << 4n // 256 bits to 260, which is 52 letters
  let letters = ''
  for (let n = 0; n < 52; n++) {
    letters = (ALPHABET[Number(number & 31n)] as string) + letters
    number >>= 5n
  }
  return letters
}

describe('a pseudonym', () => {
  it.each([['9434765919'], [''], ['RTQ:A/1'], ['Zoë'], ['x'.repeat(200)]])(
    'is HMAC-SHA-256 under the key of its purpose, as Node itself computes it: text %#',
    (text) => {
      const secret = Buffer.alloc(32, 9)
      for (const purpose of ['nhs_number', 'local_id'] as const) {
        const key = createHmac('sha256', secret).update(`outcomes:v1:${purpose}`).digest()
        const wanted = base32Slowly(createHmac('sha256', key).update(text).digest()).slice(0, 26)
        expect(createPseudonymiser(secret).pseudonym(purpose, text)).toBe(wanted)
      }
    },
  )
})
