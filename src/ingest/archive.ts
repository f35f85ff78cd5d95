import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { maskDigits } from './mask.ts'
import { bytesOfFile, part } from './random-bytes.ts'
import { refused } from './refused.ts'
import { readZip, type ZipPart } from './zip.ts'

/** What a ZIP archive of exports holds. */
export interface ArchiveContents {
  /** Names of the members that may be exports, in the archive's order. */
  readonly members: readonly string[]
  /** Names of the others (a README, a PDF, a picture), long digit runs masked: they are not read, and the person is told so. */
  readonly passed_over: readonly string[]
}

const EXPORT = /\.(csv|tsv|tab|txt|psv|dat|json|ndjson|jsonl|xlsx|xlsm)$/i
const PACKED = /\.(zip|gz|tgz|7z|rar|tar|bz2|xz|zst)$/i
const ABOUT = /(^|\/)(readme|licen[cs]e|changelog)[^/]*$/i
const HIDDEN = /(^|\/)(__MACOSX\/|\.|~\$)/

/** The members of an archive; null where the file is no ZIP archive, or is a workbook, which is one only in its packing. */
export function archiveContents(path: string): ArchiveContents | null {
  const file_name = maskDigits(basename(path))
  const parts = partsOf(path, file_name)
  if (parts === null || isWorkbook(parts)) return null
  const files = parts.filter(({ name, is_folder }) => !is_folder && !HIDDEN.test(name)).map(({ name }) => name)
  const inner = files.find((name) => PACKED.test(name))
  if (inner !== undefined) {
    throw refused(file_name, `holds another archive, ${maskDigits(inner)}. Unpack it, and name the files in it.`)
  }
  const members = files.filter((name) => EXPORT.test(name) && !ABOUT.test(name))
  const passed_over = files.filter((name) => !members.includes(name)).map(maskDigits)
  if (members.length > 0) return { members, passed_over }
  const found = passed_over.length === 0 ? 'It is empty.' : `It holds: ${passed_over.slice(0, 10).join(', ')}.`
  throw refused(file_name, `is an archive with no CSV, XLSX or JSON file in it. ${found}`)
}

/** True for the parts of an Office document. */
export function isWorkbook(parts: readonly ZipPart[]): boolean {
  return parts.some(({ name }) => name === '[Content_Types].xml' || name === 'xl/workbook.xml')
}

function partsOf(path: string, file_name: string): readonly ZipPart[] | null {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() !== true || stats.size < 4) return null
  const bytes = bytesOfFile(path, stats.size)
  const magic = part(bytes, 0, 4).toString('latin1')
  return magic === 'PK\u0003\u0004' || magic === 'PK\u0005\u0006' ? readZip(bytes, file_name) : null
}
