import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Encoding, ExportFile } from './examine-file.ts'

/**
 * Bytes to text, chunk by chunk, without a byte-order mark. Windows-1252 goes through iconv-lite: the TextDecoder of
 * several versions of Node reads bytes 0x80 to 0x9F as control characters, which loses curly quotes and the euro sign.
 */
export async function* decodeText(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'windows-1252') {
    for await (const chunk of chunks) yield iconv.decode(chunk, 'windows-1252')
    return
  }
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** A file's text, chunk by chunk; of a file of two encodings, each part in its own. */
export function textOf({ encoding, odd_lines, chunks }: ExportFile): AsyncGenerator<string> {
  return odd_lines.length > 0 ? mixedText(chunks()) : decodeText(chunks(), encoding as Encoding)
}

async function* mixedText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let carry: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([carry, chunk])
    const end = bytes.findLastIndex((byte) => byte < 128) + 1
    yield mixed(bytes.subarray(0, end))
    carry = Buffer.from(bytes.subarray(end))
  }
  yield mixed(carry)
}

/** What is to be said of a file that is not all UTF-8. */
export function encodingNotes({ is_encoding_certain, odd_lines: odd }: ExportFile): string[] {
  if (is_encoding_certain) return []
  if (odd.length === 0) return ['The file is not UTF-8; it was read as Windows-1252.']
  const lines = `${odd.length === 1 ? 'line' : 'lines'} ${odd.join(', ')}${odd.length === 10 ? ' and perhaps more' : ''}`
  return [`The file is UTF-8, but not in ${lines}: what is not was read as Windows-1252. Check the accents there.`]
}

type CellDecoder = (bytes: Buffer, from: number, to: number) => string

/** The bytes as `CsvScanner` can take them: UTF-16 as UTF-8, all others as they are, without a byte-order mark. */
export async function* scannableBytes(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    for await (const text of decodeText(chunks, encoding)) yield Buffer.from(text)
    return
  }
  let isFirst = true
  for await (const chunk of chunks) {
    yield isFirst && encoding === 'utf-8' ? withoutMark(chunk) : chunk
    isFirst = false
  }
}

/** Reads a cell of scannable bytes. */
export function cellDecoder(encoding: Encoding): CellDecoder {
  return encoding === 'windows-1252'
    ? (bytes, from, to) => iconv.decode(bytes.subarray(from, to), 'windows-1252')
    : (bytes, from, to) => bytes.toString('utf8', from, to)
}

/** Reads a cell of a file of two encodings: characters beyond ASCII that stand together as UTF-8 where they are, else as Windows-1252. */
export function mixedCellDecoder(): CellDecoder {
  return (bytes, from, to) => mixed(bytes.subarray(from, to))
}

function mixed(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\xff]+/g, (run, at: number) => {
    const piece = bytes.subarray(at, at + run.length)
    return isUtf8(piece) ? piece.toString('utf8') : iconv.decode(piece, 'windows-1252')
  })
}

function withoutMark(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk
}
