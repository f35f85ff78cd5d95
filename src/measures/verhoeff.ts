/** Multiplication in the dihedral group of order ten: rotations are 0-4, reflections 5-9. */
function multiply(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5
  return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
}

const PERMUTATION: readonly number[] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

function permuted(digit: number, times: number): number {
  return times === 0 ? digit : permuted(PERMUTATION[digit] as number, times - 1)
}

/**
 * True where a SNOMED CT code's check digit is right. A code that a spreadsheet has rounded (it keeps 15 digits) fails.
 * Report such a code; never repair it.
 */
export function isVerhoeffValid(code: string): boolean {
  if (!/^\d{6,18}$/.test(code)) return false
  const fromTheEnd = [...code].reverse().map(Number)
  return fromTheEnd.reduce((check, digit, place) => multiply(check, permuted(digit, place % 8)), 0) === 0
}
