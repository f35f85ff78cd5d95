import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isTestNhsNumber, readNhsNumber } from '../../src/domain/nhs-number.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'

describe('NHS numbers (modulus 11)', () => {
  it.each(['9910362813', '4389162012', '1234567814', '3990266004', '9038952813'])('%s is valid', (text) => {
    expect(readNhsNumber(text)).toBe(text)
  })

  it.each([
    ['943 476 5919', '9434765919'],
    ['943-476-5919', '9434765919'],
    [' 9434765919 ', '9434765919'],
    ['943\u00a0476\u00a05919', '9434765919'],
  ])('reads the spelling %j', (text, digits) => {
    expect(readNhsNumber(text)).toBe(digits)
  })

  it.each(['9434765918', '943476591', '94347659190', '9.43477E+09', '1111111111', '', '943476591X', '1234567810'])(
    'refuses %j',
    (text) => {
      expect(readNhsNumber(text)).toBeNull()
    },
  )

  it('knows the range kept for testing', () => {
    expect(isTestNhsNumber(readNhsNumber('9990000018') as never)).toBe(true)
    expect(isTestNhsNumber(readNhsNumber('9434765919') as never)).toBe(false)
  })
})

describe('pseudonyms', () => {
  const secret = Buffer.alloc(32, 7)

  it('are 26 base-32 characters of an HMAC under a key of their own purpose', () => {
    const key = createHmac('sha256', secret).update('outcomes:v1:nhs_number').digest()
    const bits = [...createHmac('sha256', key).update('9434765919').digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
    const letters = 'abcdefghijklmnopqrstuvwxyz234567'
    const expected = (bits.match(/.{5}/g) as string[]).slice(0, 26).map((five) => letters[Number.parseInt(five, 2)])
    expect(createPseudonymiser(secret).pseudonym('nhs_number', '9434765919')).toBe(expected.join(''))
  })

  it('differ by purpose, by key and by person, and agree for the same three', () => {
    const one = createPseudonymiser(secret)
    const other = createPseudonymiser(Buffer.alloc(32, 8))
    const made = [
      one.pseudonym('nhs_number', '9434765919'),
      one.pseudonym('local_id', '9434765919'),
      one.pseudonym('nhs_number', '4389162012'),
      other.pseudonym('nhs_number', '9434765919'),
    ]
    expect(new Set(made).size).toBe(4)
    expect(createPseudonymiser(secret).pseudonym('nhs_number', '9434765919')).toBe(made[0])
    expect(one.key_id).not.toBe(other.key_id)
  })

  it('refuse a short secret', () => {
    expect(() => createPseudonymiser(Buffer.alloc(31))).toThrow('at least 32 bytes')
  })
})
