import { type Stats, statSync } from 'node:fs'
import { basename } from 'node:path'
import { inflate } from './inflate.ts'
import { LIMITS } from './limits.ts'
import { maskDigits } from './mask.ts'
import { bytesOfFile, part, type RandomBytes } from './random-bytes.ts'
import { refused } from './refused.ts'
import { readZip, unpackPart } from './zip.ts'

/** The bytes of an export, wherever they stand: in a file, packed in one (.gz), or a member of an archive. */
export interface ByteSource {
  /** Long digit runs masked; of a member, `archive.zip/member.csv`. */
  readonly file_name: string
  /** The name by which the export calls itself: the member's, or the file's without `.gz`. */
  readonly own_name: string
  /** From the first byte at every call. A chunk is good until the next is asked for: copy what must outlive it. */
  chunks(): AsyncIterable<Buffer>
  /** Any part of the bytes; null where they would have to be unpacked first. */
  readonly random: RandomBytes | null
}

/** The bytes at `path`, or those of a member of the archive there. Refuses what is not there, no file, empty or too large. */
export function byteSource(path: string, member: string | null = null): ByteSource {
  const name = maskDigits(basename(path))
  const stats = statsOf(path, name)
  const bytes = bytesOfFile(path, stats.size)
  if (member !== null) return memberSource(bytes, member, name)
  const isGzip = part(bytes, 0, 2).equals(Buffer.from([0x1f, 0x8b]))
  if (!isGzip) return { file_name: name, own_name: basename(path), chunks: () => whole(bytes), random: bytes }
  const packed = { file_name: name, how: 'gzip', n_bytes: stats.size, most: LIMITS.file_bytes } as const
  const chunks = () => inflate(bytes.pieces(0, bytes.length), packed)
  return { file_name: name, own_name: basename(path).replace(/\.gz$/i, ''), chunks, random: null }
}

function memberSource(bytes: RandomBytes, member: string, archive: string): ByteSource {
  const file_name = `${archive}/${maskDigits(member)}`
  const found = readZip(bytes, archive).find(({ name }) => name === member)
  if (found === undefined)
    throw refused(file_name, 'is not in the archive. Run "outcomes inspect" on it to see what is.')
  return { file_name, own_name: member, chunks: () => unpackPart(bytes, found, file_name), random: null }
}

async function* whole(bytes: RandomBytes): AsyncGenerator<Buffer> {
  yield* bytes.pieces(0, bytes.length)
}

function statsOf(path: string, file_name: string): Stats {
  let stats: Stats
  try {
    stats = statSync(path)
  } catch {
    throw refused(file_name, 'was not found. Check the path and the spelling.')
  }
  if (stats.isDirectory()) throw refused(file_name, 'is a folder, and a file is expected. Name the files in it.')
  if (!stats.isFile()) throw refused(file_name, 'is not a file. Name a CSV, XLSX or JSON file.')
  if (stats.size === 0) throw refused(file_name, EMPTY)
  if (stats.size > LIMITS.file_bytes) {
    throw refused(file_name, 'is larger than 2 GiB. Export it in parts, by year for example.')
  }
  return stats
}

export const EMPTY = 'is empty. Export it again, and check that the export finished.'
