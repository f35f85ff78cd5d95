import type { ExportFile } from '../examine-file.ts'
import { LIMITS } from '../limits.ts'
import { bytesOfBuffer, type RandomBytes } from '../random-bytes.ts'
import { refused } from '../refused.ts'
import { readZip, type ZipPart } from '../zip.ts'
import { type Package, readPart } from './scan-part.ts'
import { attribute, BROKEN } from './xml-scanner.ts'

export interface SheetInfo {
  readonly name: string
  readonly is_hidden: boolean
  /** Of its part in the package. */
  readonly path: string
}

/** A workbook opened: what it holds, and nothing of its cells yet. */
export interface Workbook {
  readonly bytes: RandomBytes
  readonly file_name: string
  /** By their paths in small letters: Office does not tell them apart by case. */
  readonly parts: ReadonlyMap<string, ZipPart>
  readonly sheets: readonly SheetInfo[]
  readonly date_system: '1900' | '1904'
  readonly shared_strings: string | null
  readonly styles: string | null
  /** True where the workbook asks to be calculated afresh when it is opened, so that the values saved with formulas may be old. */
  readonly is_stale: boolean
}

/** Opens the package and its table of contents. Its size is limited before any of it is unpacked. */
export async function openWorkbook(file: ExportFile): Promise<Workbook> {
  const bytes = file.random ?? (await gathered(file))
  const { file_name } = file
  const parts = new Map(readZip(bytes, file_name).map((part) => [part.name.toLowerCase(), part]))
  const book: Package = { bytes, file_name, parts }
  const root = parts.has('_rels/.rels') ? await relationships(book, '_rels/.rels', '') : []
  const path = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (!/\.xml$/i.test(path)) throw refused(file_name, 'is a binary workbook (.xlsb). Save it as .xlsx.')
  if (!parts.has(path.toLowerCase())) throw refused(file_name, BROKEN)
  const contents = await readContents(book, path)
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const related = await relationships(book, `${folder}_rels/${path.slice(folder.length)}.rels`, folder)
  const targetOf = (wanted: string) => related.find(({ type }) => type === wanted)?.target ?? null
  const sheets = contents.sheets.flatMap(({ id, ...sheet }) => {
    const found = related.find((each) => each.id === id && each.type === 'worksheet')
    return found === undefined ? [] : [{ ...sheet, path: found.target }]
  })
  if (sheets.length === 0) throw refused(file_name, 'is a workbook without a sheet of cells.')
  return { ...book, ...contents, sheets, shared_strings: targetOf('sharedStrings'), styles: targetOf('styles') }
}

async function gathered(file: ExportFile): Promise<RandomBytes> {
  if (file.n_bytes > LIMITS.packed_workbook_bytes) {
    throw refused(file.file_name, 'is a workbook of more than 256 MiB inside an archive. Unpack it, and name the file.')
  }
  const chunks: Buffer[] = []
  for await (const chunk of file.chunks()) chunks.push(Buffer.from(chunk))
  return bytesOfBuffer(Buffer.concat(chunks))
}

async function readContents(book: Package, path: string) {
  const sheets: { id: string; name: string; is_hidden: boolean }[] = []
  let date_system: '1900' | '1904' = '1900'
  let is_stale = false
  const isTrue = (text: string) => text === '1' || text === 'true'
  await readPart(book, path, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && isTrue(attribute(attributes, 'date1904'))) date_system = '1904'
      if (name === 'calcPr' && isTrue(attribute(attributes, 'fullCalcOnLoad'))) is_stale = true
      if (name !== 'sheet') return
      const id = /\s[\w-]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? ''
      const state = attribute(attributes, 'state')
      sheets.push({ id, name: attribute(attributes, 'name'), is_hidden: state === 'hidden' || state === 'veryHidden' })
    },
    text: () => {},
    close: () => {},
  })
  return { sheets, date_system, is_stale }
}

interface Relationship {
  readonly id: string
  /** The last word of its type's address. */
  readonly type: string
  readonly target: string
}

async function relationships(book: Package, path: string, folder: string): Promise<readonly Relationship[]> {
  if (!book.parts.has(path.toLowerCase())) return []
  const found: Relationship[] = []
  await readPart(book, path, {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const type = attribute(attributes, 'Type').split('/').at(-1) ?? ''
      found.push({ id: attribute(attributes, 'Id'), type, target: resolved(folder, attribute(attributes, 'Target')) })
    },
    text: () => {},
    close: () => {},
  })
  return found
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps: string[] = []
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}
