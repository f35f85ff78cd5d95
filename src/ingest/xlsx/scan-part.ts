import { TextDecoder } from 'node:util'
import { refused } from '../refused.ts'
import { unpackPart } from '../zip.ts'
import type { Workbook } from './workbook.ts'
import { BROKEN, XmlFault, type XmlHandler, XmlScanner } from './xml-scanner.ts'

export type Package = Pick<Workbook, 'bytes' | 'file_name' | 'parts'>

/** Scans one XML part of a workbook, telling `afterChunk` whenever a piece of it is done. Refuses what cannot be read on. */
export async function* scanPart<Item>(
  book: Package,
  path: string,
  handler: XmlHandler,
  afterChunk: () => Item | null,
): AsyncGenerator<Item> {
  const found = book.parts.get(path.toLowerCase())
  if (found === undefined) throw refused(book.file_name, BROKEN)
  const scanner = new XmlScanner(handler)
  let decoder: TextDecoder | null = null
  try {
    for await (const chunk of unpackPart(book.bytes, found, book.file_name)) {
      decoder ??= decoderOf(chunk)
      scanner.write(decoder.decode(chunk, { stream: true }))
      const item = afterChunk()
      if (item !== null) yield item
    }
    if (decoder !== null) scanner.write(decoder.decode())
    scanner.end()
  } catch (error) {
    if (error instanceof XmlFault) throw refused(book.file_name, error.sentence)
    throw isUndecodable(error) ? refused(book.file_name, BROKEN) : error
  }
}

/** Scans a part to its end. */
export async function readPart(book: Package, path: string, handler: XmlHandler): Promise<void> {
  for await (const _nothing of scanPart(book, path, handler, () => null)) {
    // Nothing is taken on the way.
  }
}

function decoderOf(first: Buffer): TextDecoder {
  const fatal = true
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le', { fatal })
  return new TextDecoder(first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8', { fatal })
}

function isUndecodable(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
}
