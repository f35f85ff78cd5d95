import type { Cells } from './cells.ts'
import { normaliseHeading } from './headings.ts'
import type { Profile } from './profile.ts'

type IsSecondHeading = (cells: Cells) => boolean

export const NEVER: IsSecondHeading = () => false

/** Says of each row in turn, from the headings down, whether it is one of the second headings that the profile tells of. */
export function secondHeadings(headings: readonly string[], told: Profile['second_headings']): IsSecondHeading {
  if (told === undefined) return NEVER
  const names = [told.column].flat().map(normaliseHeading)
  const at = headings.findIndex((heading) => names.includes(normaliseHeading(heading)))
  const starts = told.starts_with.map((start) => start.trim().toLowerCase())
  let seen = 0
  return (cells) => {
    if (at < 0 || seen++ >= told.rows) return false
    const text = (cells.at(at) ?? '').trim().toLowerCase()
    return starts.some((start) => (start === '' ? text === '' : text.startsWith(start)))
  }
}
