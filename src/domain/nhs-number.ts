/** Ten digits of a valid NHS number, without spaces. Never stored, logged or printed: see `pseudonym.ts`. */
export type NhsNumber = string & { readonly __nhsNumber: unique symbol }

/**
 * Reads an NHS number as people write it: ten digits, optionally grouped by single spaces or hyphens.
 * Returns null where the modulus 11 check fails, or all ten digits are the same.
 * Source: NHS Data Dictionary, NHS NUMBER (weights 10 to 2; remainder 11 counts as 0; 10 is invalid).
 */
export function readNhsNumber(text: string): NhsNumber | null {
  const digits = text.trim().replace(/[ \u00a0-]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return null
  return checkDigit(digits) === Number(digits[9]) ? (digits as NhsNumber) : null
}

/** Numbers beginning 999 are issued for testing only. */
export function isTestNhsNumber(number: NhsNumber): boolean {
  return number.startsWith('999')
}

/** The tenth digit for the first nine, or null where no valid number begins with them. */
export function checkDigit(firstNine: string): number | null {
  let sum = 0
  for (let place = 0; place < 9; place++) sum += Number(firstNine[place]) * (10 - place)
  const remainder = 11 - (sum % 11)
  if (remainder === 11) return 0
  return remainder === 10 ? null : remainder
}
