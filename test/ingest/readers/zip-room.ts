import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive as anyone, an attacker too, may write it: nothing checks it. */
export interface Part {
  readonly name: string
  readonly bytes: Buffer | string
  /** What the directory says it unpacks to, if that is not the truth. */
  readonly says?: number
  readonly crc?: number
  readonly encrypted?: boolean
  readonly method?: number
  /** The name in the part's own header, if it is not the directory's. */
  readonly called?: string
  /** Written in 64-bit fields. */
  readonly wide?: boolean
}

/** A ZIP archive of these parts, in memory. */
export function zip(parts: readonly Part[], end: { wide?: boolean } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const local = localPart(part)
    directory.push(directoryEntry(part, local.packed.length, at))
    locals.push(local.bytes)
    at += local.bytes.length
  }
  const entries = Buffer.concat(directory)
  return Buffer.concat([...locals, entries, ...endOf(parts.length, entries.length, at, end.wide === true)])
}

function localPart({ name, bytes, method = 8, called = name, encrypted = false }: Part) {
  const packed = method === 0 ? Buffer.from(bytes) : deflateRawSync(bytes)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 6)
  header.writeUInt16LE(method, 8)
  header.writeUInt16LE(Buffer.byteLength(called), 26)
  return { packed, bytes: Buffer.concat([header, Buffer.from(called), packed]) }
}

function directoryEntry(part: Part, packedBytes: number, at: number): Buffer {
  const { name, bytes, method = 8, encrypted = false, wide = false } = part
  const size = part.says ?? Buffer.byteLength(bytes)
  const extra = Buffer.alloc(wide ? 28 : 0)
  if (wide) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [index, value] of [size, packedBytes, at].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + index * 8)
  }
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 8)
  entry.writeUInt16LE(method, 10)
  entry.writeUInt32LE(part.crc ?? crc32(bytes), 16)
  entry.writeUInt32LE(wide ? 0xffffffff : packedBytes, 20)
  entry.writeUInt32LE(wide ? 0xffffffff : size, 24)
  entry.writeUInt16LE(Buffer.byteLength(name), 28)
  entry.writeUInt16LE(extra.length, 30)
  entry.writeUInt32LE(wide ? 0xffffffff : at, 42)
  return Buffer.concat([entry, Buffer.from(name), extra])
}

function endOf(count: number, length: number, at: number, isWide: boolean): Buffer[] {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(isWide ? 0xffff : count, 10)
  end.writeUInt32LE(isWide ? 0xffffffff : length, 12)
  end.writeUInt32LE(isWide ? 0xffffffff : at, 16)
  if (!isWide) return [end]
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  for (const [index, value] of [count, length, at].entries()) record.writeBigUInt64LE(BigInt(value), 32 + index * 8)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(at + length), 8)
  return [record, locator, end]
}
