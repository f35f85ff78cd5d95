import iconv from 'iconv-lite'
import type { Encoding } from './examine-file.ts'

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
export function cellDecoder(encoding: Encoding): (bytes: Buffer, from: number, to: number) => string {
  return encoding === 'windows-1252'
    ? (bytes, from, to) => iconv.decode(bytes.subarray(from, to), 'windows-1252')
    : (bytes, from, to) => bytes.toString('utf8', from, to)
}

/** Reads a cell of a file of two encodings: as UTF-8 where it is that, else as Windows-1252. */
export function mixedCellDecoder(): (bytes: Buffer, from: number, to: number) => string {
  const [utf8, other] = [cellDecoder('utf-8'), cellDecoder('windows-1252')]
  return (bytes, from, to) => {
    const text = utf8(bytes, from, to)
    return text.includes('\ufffd') ? other(bytes, from, to) : text
  }
}

function withoutMark(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk
}
