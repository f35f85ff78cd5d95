/** File names and paths are stored and printed, and people put NHS numbers in them: long digit runs become `#`. */
export function maskDigits(text: string): string {
  return text.replace(/\d{9,}|\d{3}[ -]\d{3}[ -]\d{4}/g, (run) => '#'.repeat(run.length))
}

const LOOKS_LIKE_DATA = [
  /^\d+([.,]\d+)?$/,
  /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/,
  /\d{6,}|\d{3}[ -]\d{3}[ -]\d{4}/,
  /@/,
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i,
]

/** True for a text that no heading would be: a number, a date, an identifier, a postcode, an e-mail address. */
export function looksLikeData(text: string): boolean {
  return LOOKS_LIKE_DATA.some((pattern) => pattern.test(text.trim()))
}

/**
 * Headings as they may be printed and stored. A file without a heading line offers its first patient instead, so where two or
 * more of them look like data none is shown.
 */
export function printableHeadings(headings: readonly string[]): readonly string[] {
  const suspects = headings.filter(looksLikeData).length
  if (suspects >= 2) return headings.map((_, index) => `(column ${index + 1}, name withheld: it looks like data)`)
  return headings.map((heading, index) =>
    looksLikeData(heading) ? `(column ${index + 1}, name withheld: it looks like data)` : heading,
  )
}
