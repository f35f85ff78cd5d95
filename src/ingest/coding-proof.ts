import { Columns } from './columns.ts'
import type { ExportFile } from './examine-file.ts'
import { openSource } from './open-source.ts'
import type { Profile } from './profile.ts'
import { itemHeadings } from './yields/items.ts'

const MOST_RECORDS = 5000

/**
 * True where an answer among the file's first records can only be of another coding than the profile reads. For a file whose headings
 * fit: two profiles may differ in nothing but the numbers that stand for the answers.
 */
export async function isInOtherCoding(file: ExportFile, profile: Profile): Promise<boolean> {
  const proofs = profile.yields.flatMap((each) => {
    if (each.kind !== 'assessment' || each.other_coding === undefined) return []
    return [{ items: itemHeadings(each), answers: new Set(each.other_coding.answers.map(String)) }]
  })
  if (proofs.length === 0) return false
  const source = await openSource(file, profile)
  const columns = new Columns(source.headings, file.file_name, profile.repeated_headings)
  const cells = proofs.flatMap(({ items, answers }) => items.map((item) => ({ at: columns.positionOf(item), answers })))
  let n = 0
  for await (const row of source.records) {
    const isProof = cells.some(({ at, answers }) => at !== null && answers.has((row.cells.at(at) ?? '').trim()))
    if (isProof || ++n >= MOST_RECORDS) {
      await source.close()
      return isProof
    }
  }
  return false
}
