import { crc32 } from 'node:zlib'
import iconv from 'iconv-lite'
import { DAMAGED, inflate, TOO_MUCH } from './inflate.ts'
import { LIMITS } from './limits.ts'
import { part, type RandomBytes } from './random-bytes.ts'
import { refused } from './refused.ts'

/** A part of an archive, as the archive's directory lists it. */
export interface ZipPart {
  readonly name: string
  readonly is_folder: boolean
  readonly is_encrypted: boolean
  readonly method: number
  readonly crc: number
  readonly packed_bytes: number
  readonly n_bytes: number
  readonly header_at: number
}

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const LARGEST_DIRECTORY = 2 ** 24
const FULL = 0xffffffff

/**
 * The directory of an archive. Refused before anything is unpacked: too many parts or bytes, a name that stands twice or leads out
 * of its folder, a document of Excel's that is locked.
 */
export function readZip(bytes: RandomBytes, file_name: string): readonly ZipPart[] {
  const { count, at, length } = findDirectory(bytes, file_name)
  if (count > LIMITS.archive_parts) {
    throw refused(file_name, `holds more than ${LIMITS.archive_parts} parts, so it is no ordinary export.`)
  }
  if (length > LARGEST_DIRECTORY) throw refused(file_name, TOO_MUCH)
  const parts = readEntries(part(bytes, at, at + length), count, file_name)
  refuseUnsafe(parts, file_name)
  return parts
}

/** The bytes of one part, checked against its size and its checksum. */
export async function* unpackPart(bytes: RandomBytes, entry: ZipPart, file_name: string): AsyncGenerator<Buffer> {
  if (entry.is_encrypted) throw refused(file_name, LOCKED)
  const how = entry.method === 0 ? 'stored' : 'deflate'
  if (entry.method !== 0 && entry.method !== 8) throw refused(file_name, UNKNOWN_METHOD)
  const start = startOf(bytes, entry, file_name)
  const pieces = bytes.pieces(start, start + entry.packed_bytes)
  let crc = 0
  let total = 0
  for await (const chunk of inflate(pieces, { file_name, how, n_bytes: entry.packed_bytes, most: LIMITS.part_bytes })) {
    total += chunk.length
    if (total > Math.max(entry.n_bytes, LIMITS.ratio_from_bytes)) throw refused(file_name, TOO_MUCH)
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (total !== entry.n_bytes || crc !== entry.crc) throw refused(file_name, DAMAGED)
}

const LOCKED = 'is password-protected. Save a copy without a password, read that, and delete the copy.'
const UNKNOWN_METHOD = 'is packed in an uncommon way. Pack it again with ordinary ZIP compression, or unpack it.'

function findDirectory(bytes: RandomBytes, file_name: string): { count: number; at: number; length: number } {
  const tailAt = Math.max(0, bytes.length - 65_557)
  const tail = part(bytes, tailAt, bytes.length)
  let end = -1
  for (let at = tail.length - 22; at >= 0 && end < 0; at--) {
    if (tail.readUInt32LE(at) === END && at + 22 + tail.readUInt16LE(at + 20) <= tail.length) end = at
  }
  if (end < 0) throw refused(file_name, DAMAGED)
  const found = {
    count: tail.readUInt16LE(end + 10),
    length: tail.readUInt32LE(end + 12),
    at: tail.readUInt32LE(end + 16),
  }
  if (found.count !== 0xffff && found.length !== FULL && found.at !== FULL) return found
  return findDirectory64(bytes, tail, end, file_name)
}

function findDirectory64(bytes: RandomBytes, tail: Buffer, end: number, file_name: string) {
  if (end < 20 || tail.readUInt32LE(end - 20) !== LOCATOR_64) throw refused(file_name, DAMAGED)
  const at = number64(tail, end - 12)
  const record = part(bytes, at, at + 56)
  if (record.length < 56 || record.readUInt32LE(0) !== END_64) throw refused(file_name, DAMAGED)
  return { count: number64(record, 32), length: number64(record, 40), at: number64(record, 48) }
}

function readEntries(directory: Buffer, count: number, file_name: string): ZipPart[] {
  const parts: ZipPart[] = []
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY) throw refused(file_name, DAMAGED)
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    if (extraEnd > directory.length) throw refused(file_name, DAMAGED)
    const flags = directory.readUInt16LE(at + 8)
    const name = nameOf(directory.subarray(at + 46, nameEnd), flags)
    const method = directory.readUInt16LE(at + 10)
    parts.push({
      name,
      is_folder: name.endsWith('/'),
      is_encrypted: (flags & 1) === 1 || method === 99,
      method,
      crc: directory.readUInt32LE(at + 16),
      ...sizesOf(directory, at, directory.subarray(nameEnd, extraEnd), file_name),
    })
    at = extraEnd + directory.readUInt16LE(at + 32)
  }
  return parts
}

/** Sizes beyond 32 bits stand in an extra field, those only and in this order. */
function sizesOf(directory: Buffer, at: number, extra: Buffer, file_name: string) {
  let wide = wideFields(extra)
  const size = (offset: number) => {
    const value = directory.readUInt32LE(at + offset)
    if (value !== FULL) return value
    if (wide.length < 8) throw refused(file_name, DAMAGED)
    const large = number64(wide, 0)
    wide = wide.subarray(8)
    return large
  }
  return { n_bytes: size(24), packed_bytes: size(20), header_at: size(42) }
}

function wideFields(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
  }
  return Buffer.alloc(0)
}

function number64(buffer: Buffer, at: number): number {
  return Number(buffer.readBigUInt64LE(at))
}

function nameOf(bytes: Buffer, flags: number): string {
  const text = bytes.toString('utf8')
  return (flags & 0x800) !== 0 || !text.includes('\ufffd') ? text : iconv.decode(bytes, 'cp437')
}

function refuseUnsafe(parts: readonly ZipPart[], file_name: string): void {
  if (new Set(parts.map(({ name }) => name)).size < parts.length) {
    throw refused(file_name, 'holds two parts of the same name, so it is ambiguous. Pack or save it again.')
  }
  if (parts.some(({ name }) => /^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|\0/i.test(name))) {
    throw refused(file_name, 'holds a part whose name leads out of its folder, as no export does. It was not opened.')
  }
  const total = parts.reduce((sum, { n_bytes }) => sum + n_bytes, 0)
  if (total > LIMITS.archive_bytes || parts.some(({ n_bytes }) => n_bytes > LIMITS.part_bytes)) {
    throw refused(file_name, TOO_MUCH)
  }
}

/** Where the part's bytes begin: past its own header, which must name the part that the directory names. */
function startOf(bytes: RandomBytes, entry: ZipPart, file_name: string): number {
  const header = part(bytes, entry.header_at, entry.header_at + 30)
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) throw refused(file_name, DAMAGED)
  const nameAt = entry.header_at + 30
  const name = part(bytes, nameAt, nameAt + header.readUInt16LE(26))
  if (nameOf(name, header.readUInt16LE(6)) !== entry.name) throw refused(file_name, DAMAGED)
  const start = nameAt + name.length + header.readUInt16LE(28)
  if (start + entry.packed_bytes > bytes.length) throw refused(file_name, DAMAGED)
  return start
}
