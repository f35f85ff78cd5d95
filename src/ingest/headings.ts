import { nearestWord } from '../domain/nearest-word.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { printableHeadings } from './mask.ts'

/** A heading for comparison: case, surrounding space and the kind of white space inside do not count. */
export function normaliseHeading(heading: string): string {
  return heading.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/**
 * Where each heading stands, by its normalised text. Two headings that come out the same are refused, unless they are `repeated`:
 * those are not among the positions.
 */
export function headingPositions(
  headings: readonly string[],
  file_name: string,
  repeated: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const positions = new Map<string, number>()
  const shown = printableHeadings(headings)
  for (const [index, heading] of headings.entries()) {
    const key = normaliseHeading(heading)
    if (key === '' || repeated.has(key)) continue
    const earlier = positions.get(key)
    if (earlier !== undefined) {
      throw new OperatorError(
        `${file_name}: columns ${earlier + 1} and ${index + 1} have the same heading, "${shown[index]}", so it is not clear which is meant. ` +
          'Nothing was changed. Rename one of them and run the command again.',
        EXIT.input_refused,
      )
    }
    positions.set(key, index)
  }
  return positions
}

/** Refuses a file that lacks columns its profile needs: names each, with the other headings it may have, its nearest heading, and what was found. */
export function missingColumns(
  missing: readonly (readonly string[])[],
  headings: readonly string[],
  file_name: string,
  profile: string,
): OperatorError {
  const shown = printableHeadings(headings)
  const lines = missing.map((names) => {
    const near = nearest(names, shown)
    return `  ${names.map((name) => `"${name}"`).join(' or ')} is not there${near === null ? '' : `; the nearest heading is "${near}"`}`
  })
  return new OperatorError(
    `${file_name} lacks ${missing.length === 1 ? 'a column' : `${missing.length} columns`} that the profile ${profile} needs:\n` +
      `${lines.join('\n')}\nHeadings found: ${shown.filter((heading) => heading !== '').join(' · ') || 'none'}\n` +
      'Nothing was changed. Rename the heading, or choose the profile that fits ("outcomes inspect" says which).',
    EXIT.input_refused,
  )
}

/** Refuses a file that has a column which the profile says such files never have. */
export function strangeColumn(column: string, file_name: string, profile: string): OperatorError {
  return new OperatorError(
    `${file_name} has a column "${column}", which files that the profile ${profile} reads never have: it is of another kind. ` +
      'Nothing was changed. Choose the profile that fits ("outcomes inspect" says which).',
    EXIT.input_refused,
  )
}

/** Says of a heading whether it is one of those named; `*` in a name stands for any characters. */
export function headingMatcher(names: readonly string[]): (heading: string) => boolean {
  const patterns = names.map((name) => {
    const parts = normaliseHeading(name).split('*')
    return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.|?+(){}[\]]/g, '\\$&')).join('.*')}$`, 's')
  })
  return (heading) => patterns.some((pattern) => pattern.test(normaliseHeading(heading)))
}

/** Letters alone are compared: case and white space do not count. */
function nearest(names: readonly string[], headings: readonly string[]): string | null {
  const plain = headings.map((heading) => normaliseHeading(heading).slice(0, 200))
  const near = names.map((name) => nearestWord(normaliseHeading(name), plain)).find((word) => word !== null)
  return near === undefined ? null : (headings[plain.indexOf(near)] as string)
}
