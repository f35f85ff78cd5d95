import { createInflateRaw } from 'node:zlib'
import { refused } from './examine-file.ts'

const MOST_ENTRIES = 2000
const LARGEST_ENTRY = 2 ** 30
const LARGEST_TOTAL = 2 ** 31
const RATIO_FROM_BYTES = 10 * 2 ** 20
const LARGEST_RATIO = 200

/**
 * Stands in front of the workbook reader: refuses an archive that would unpack to too much, holds a name twice, is encrypted, or
 * declares a document type (the door of every XML bomb). Sizes are measured by unpacking, not believed.
 */
export async function refuseUnsafeWorkbook(bytes: Buffer, file_name: string): Promise<void> {
  const entries = directory(bytes, file_name)
  if (entries.length > MOST_ENTRIES)
    throw refused(file_name, `holds more than ${MOST_ENTRIES} parts, so it is no ordinary workbook.`)
  if (new Set(entries.map((entry) => entry.name)).size < entries.length) {
    throw refused(
      file_name,
      'holds two parts of the same name, so it is ambiguous. Open it in Excel and save it again.',
    )
  }
  if (!entries.some((entry) => entry.name === 'xl/workbook.xml')) {
    throw refused(file_name, 'is an archive, but not an Excel workbook (.xlsx). Unpack it, and name the files in it.')
  }
  let total = 0
  for (const entry of entries) {
    if (entry.is_encrypted) throw refused(file_name, 'is password-protected. Save a copy without a password.')
    total += await unpackedBytes(bytes, entry, file_name, LARGEST_TOTAL - total)
  }
}

interface Entry {
  name: string
  is_encrypted: boolean
  method: number
  packed_bytes: number
  header_at: number
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50

function directory(bytes: Buffer, file_name: string): Entry[] {
  const damaged = () => refused(file_name, 'is damaged or was cut short: it cannot be unpacked. Export it again.')
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw damaged()
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw refused(file_name, 'is too large a workbook. Save it as CSV.')
  const entries: Entry[] = []
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged()
    const nameLength = bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      is_encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packed_bytes: bytes.readUInt32LE(at + 20),
      header_at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

async function unpackedBytes(bytes: Buffer, entry: Entry, file_name: string, roomLeft: number): Promise<number> {
  const damaged = () => refused(file_name, 'is damaged or was cut short: it cannot be unpacked. Export it again.')
  const at = entry.header_at
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL_HEADER) throw damaged()
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const packed = bytes.subarray(start, start + entry.packed_bytes)
  if (packed.length < entry.packed_bytes) throw damaged()
  const most = Math.min(LARGEST_ENTRY, roomLeft, Math.max(RATIO_FROM_BYTES, entry.packed_bytes * LARGEST_RATIO))
  let total = 0
  let head = ''
  for await (const chunk of unpacked(packed, entry.method, damaged)) {
    total += chunk.length
    if (total > most)
      throw refused(file_name, 'would unpack to far more than its size, so it was not opened. Save it as CSV.')
    if (head.length < 4096) head += chunk.toString('latin1', 0, 4096)
  }
  if (/<!DOCTYPE/i.test(head.replace(/\0/g, ''))) {
    throw refused(
      file_name,
      'declares a document type inside, which no workbook needs and attacks use. It was not opened.',
    )
  }
  return total
}

async function* unpacked(packed: Buffer, method: number, damaged: () => Error): AsyncGenerator<Buffer> {
  if (method === 0) {
    yield packed
    return
  }
  if (method !== 8) throw damaged()
  const inflate = createInflateRaw({ chunkSize: 1 << 16 })
  inflate.end(packed)
  try {
    for await (const chunk of inflate) yield chunk as Buffer
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) throw damaged()
    throw error
  } finally {
    inflate.destroy()
  }
}
