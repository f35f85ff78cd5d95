import { closeSync, openSync, readSync } from 'node:fs'

/** Bytes any part of which can be asked for. A piece is good until the next is asked for: copy what must outlive it. */
export interface RandomBytes {
  readonly length: number
  /** The bytes from `from` up to, not including, `to`, in pieces. */
  pieces(from: number, to: number): Iterable<Buffer>
}

const PIECE_BYTES = 1 << 20

export function bytesOfFile(path: string, length: number): RandomBytes {
  return { length, pieces: (from, to) => filePieces(path, from, Math.min(to, length)) }
}

export function bytesOfBuffer(buffer: Buffer): RandomBytes {
  return { length: buffer.length, pieces: (from, to) => [buffer.subarray(from, to)] }
}

/** A part small enough to hold, as one buffer; shorter than asked for where the bytes end before. */
export function part(bytes: RandomBytes, from: number, to: number): Buffer {
  return Buffer.concat([...copies(bytes.pieces(Math.max(0, from), to))])
}

function* copies(pieces: Iterable<Buffer>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece)
}

function* filePieces(path: string, from: number, to: number): Generator<Buffer> {
  const descriptor = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE_BYTES, to - from)))
    for (let at = from; at < to; ) {
      const n = readSync(descriptor, buffer, 0, Math.min(buffer.length, to - at), at)
      if (n === 0) return
      at += n
      yield buffer.subarray(0, n)
    }
  } finally {
    closeSync(descriptor)
  }
}
