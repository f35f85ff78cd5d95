import { pipeline, Readable } from 'node:stream'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { LIMITS } from './limits.ts'
import { refused } from './refused.ts'

export interface Packed {
  readonly file_name: string
  readonly how: 'deflate' | 'gzip' | 'stored'
  readonly n_bytes: number
  /** Bytes it may unpack to. */
  readonly most: number
}

const CHUNK_BYTES = 1 << 17

/** Bytes unpacked as they come. Stops with a refusal at the first byte too many: sizes are measured, not believed. */
export async function* inflate(pieces: Iterable<Buffer>, packed: Packed): AsyncGenerator<Buffer> {
  const most = Math.min(packed.most, Math.max(LIMITS.ratio_from_bytes, packed.n_bytes * LIMITS.unpacked_ratio))
  let total = 0
  for await (const chunk of packed.how === 'stored' ? pieces : unpack(pieces, packed)) {
    total += chunk.length
    if (total > most) throw refused(packed.file_name, TOO_MUCH)
    yield chunk
  }
}

export const TOO_MUCH =
  'would unpack to far more than its size, so it was not opened. Export it as plain CSV, in parts.'
export const DAMAGED = 'is damaged or was cut short: it cannot be unpacked. Export it again.'

async function* unpack(pieces: Iterable<Buffer>, { file_name, how }: Packed): AsyncGenerator<Buffer> {
  const unpacker =
    how === 'gzip' ? createGunzip({ chunkSize: CHUNK_BYTES }) : createInflateRaw({ chunkSize: CHUNK_BYTES })
  // The stream may still hold a piece when the next is read into its buffer.
  const copied = Readable.from(copies(pieces), { objectMode: true, highWaterMark: 1 })
  pipeline(copied, unpacker, () => {})
  try {
    for await (const chunk of unpacker) yield chunk as Buffer
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw code.startsWith('Z_') ? refused(file_name, DAMAGED) : error
  } finally {
    unpacker.destroy()
  }
}

function* copies(pieces: Iterable<Buffer>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece)
}
