import { createHash } from 'node:crypto'
import { isWorkbook } from './archive.ts'
import { byteSource, EMPTY } from './byte-source.ts'
import type { Corrections } from './corrections.ts'
import type { RandomBytes } from './random-bytes.ts'
import { refused } from './refused.ts'
import { lineOfByte, oddLines } from './text-bytes.ts'
import { readZip } from './zip.ts'

export { refused }

export type FileKind = 'csv' | 'xlsx' | 'json' | 'fhir'
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What a file is, from its bytes alone. */
export interface ExportFile {
  /** The file's own name, long digit runs masked; of a member, `archive.zip/member.csv`. */
  readonly file_name: string
  /** Its name inside an archive, as the archive writes it; null where the file is no part of one. */
  readonly member: string | null
  readonly n_bytes: number
  readonly sha256: string
  readonly kind: FileKind
  /** Null for a workbook, which carries its own. */
  readonly encoding: Encoding | null
  /** False where the encoding was inferred because the bytes are not UTF-8. */
  readonly is_encoding_certain: boolean
  /** The first lines that are not UTF-8 in a file that is so elsewhere; none in a file of one encoding. */
  readonly odd_lines: readonly number[]
  /** What its team has sent back about rows of it; left out where nothing was. */
  readonly corrections?: Corrections | undefined
  /** The file's bytes, from the first, at every call. A chunk is good until the next is asked for: copy what must outlive it. */
  chunks(): AsyncIterable<Buffer>
  /** Any part of the bytes; null where they would have to be unpacked first. */
  readonly random: RandomBytes | null
}

/** What is known of a file without its bytes. */
export type FileFacts = Omit<ExportFile, 'chunks' | 'random'>

/** A file that was examined before, and has not changed since. */
export function fileOf(path: string, member: string | null, facts: FileFacts): ExportFile {
  const { chunks, random } = byteSource(path, member)
  return { ...facts, chunks, random }
}

/** Reads the bytes once, in chunks, for their hash, kind and encoding. Refuses, with a sentence, what is no export. */
export async function examineFile(path: string, member: string | null = null): Promise<ExportFile> {
  const { file_name, own_name, chunks, random } = byteSource(path, member)
  const hash = createHash('sha256')
  const text = utf8Checker()
  let n_bytes = 0
  let hasNul = false
  let head: Buffer = Buffer.alloc(0)
  let last: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks()) {
    hash.update(chunk)
    text.add(chunk)
    n_bytes += chunk.length
    hasNul ||= chunk.includes(0)
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    last = Buffer.from(chunk.subarray(-4096))
  }
  if (n_bytes === 0) throw refused(file_name, EMPTY)
  const kind = kindOf(head, own_name, file_name, random)
  const encoding = kind === 'xlsx' ? null : encodingOf(head, text.isValid())
  if (encoding === 'utf-8' || encoding === 'windows-1252') {
    refuseBinary(head, last, file_name)
    if (hasNul) throw refused(file_name, await nulSentence(chunks()))
  }
  const is_encoding_certain = encoding !== 'windows-1252'
  const sha256 = hash.digest('hex')
  const odd_lines = is_encoding_certain ? [] : await oddLines(chunks())
  const bytes = { n_bytes, sha256, chunks, random }
  return { file_name, member, kind, encoding, is_encoding_certain, odd_lines, ...bytes }
}

const HEAD_BYTES = 1 << 20

function kindOf(head: Buffer, own_name: string, file_name: string, random: RandomBytes | null): FileKind {
  if (startsWith(head, 'PK\u0003\u0004')) {
    // Names stand unpacked in front of the parts: of a workbook inside an archive the first of them have to do.
    const isBook =
      random === null
        ? /\[Content_Types\]\.xml|xl\//.test(head.toString('latin1'))
        : isWorkbook(readZip(random, file_name))
    if (!isBook) throw refused(file_name, IS_ARCHIVE)
    return 'xlsx'
  }
  if (startsWith(head, 'PK\u0005\u0006')) throw refused(file_name, 'is an archive with nothing in it.')
  if (startsWith(head, '\u00d0\u00cf\u0011\u00e0')) throw refused(file_name, oldOrLocked(head))
  if (startsWith(head, '%PDF')) throw refused(file_name, 'is a PDF. Ask for the same report as CSV or Excel.')
  if (startsWith(head, '\u001f\u008b') || head.subarray(257, 262).toString('latin1') === 'ustar') {
    throw refused(file_name, IS_ARCHIVE)
  }
  const opening = head
    .subarray(0, 4096)
    .toString('latin1')
    .replace(/\0/g, '')
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart()
  if (/^<(!doctype html|html|table|head|meta)/i.test(opening)) {
    throw refused(
      file_name,
      'is a web page saved under a spreadsheet name. Open it in Excel and save it as .xlsx or CSV.',
    )
  }
  if (/^<\?xml/i.test(opening)) throw refused(file_name, 'is XML. Open it in Excel and save it as .xlsx or CSV.')
  const isJson = /\.(json|ndjson|jsonl)$/i.test(own_name) || /^(\[\s*[{\]]|\{\s*")/.test(opening)
  if (!isJson) return 'csv'
  return /"resourceType"\s*:\s*"[A-Z]/.test(opening) ? 'fhir' : 'json'
}

const IS_ARCHIVE = 'is an archive of a kind that is not read, or holds one inside. Unpack it, and name the files in it.'

function oldOrLocked(head: Buffer): string {
  return head.includes(Buffer.from('EncryptedPackage', 'utf16le')) ||
    head.includes(Buffer.from('EncryptionInfo', 'utf16le'))
    ? 'is password-protected. Save a copy without a password, read that, and delete the copy.'
    : 'is an old Excel 97-2003 workbook (.xls) or is password-protected. Save it as .xlsx without a password.'
}

function encodingOf(head: Buffer, isUtf8: boolean): Encoding {
  if (startsWith(head, '\u00ff\u00fe')) return 'utf-16le'
  if (startsWith(head, '\u00fe\u00ff')) return 'utf-16be'
  const [even, odd] = zeroShares(head.subarray(0, 4096))
  if (odd > 0.3 && even < 0.1) return 'utf-16le'
  if (even > 0.3 && odd < 0.1) return 'utf-16be'
  return isUtf8 ? 'utf-8' : 'windows-1252'
}

async function nulSentence(chunks: AsyncIterable<Buffer>): Promise<string> {
  const line = await lineOfByte(chunks, 0)
  return `has a NUL byte in line ${line}, as a damaged export has. Nothing was loaded. Export it again.`
}

const BINARY = 'is a binary file, not text. Name a CSV, XLSX or JSON file.'

/** Control characters other than tab, line ends and the DOS end-of-file mark do not occur in an export. */
function refuseBinary(head: Buffer, last: Buffer, file_name: string): void {
  for (const part of [head.subarray(0, 65_536), last.subarray(-4096)]) {
    let controls = 0
    for (const byte of part) if (byte < 9 || (byte > 13 && byte < 26) || (byte > 27 && byte < 32)) controls++
    if (controls > 2 + part.length / 200) throw refused(file_name, BINARY)
  }
}

function zeroShares(bytes: Buffer): [even: number, odd: number] {
  let even = 0
  let odd = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const half = Math.max(1, bytes.length / 2)
  return [even / half, odd / half]
}

function utf8Checker() {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let valid = true
  const attempt = (work: () => void) => {
    if (!valid) return
    try {
      work()
    } catch {
      valid = false
    }
  }
  return {
    add: (chunk: Buffer) => attempt(() => decoder.decode(chunk, { stream: true })),
    isValid: () => {
      attempt(() => decoder.decode())
      return valid
    },
  }
}

function startsWith(bytes: Buffer, magic: string): boolean {
  return bytes.subarray(0, magic.length).equals(Buffer.from(magic, 'latin1'))
}
