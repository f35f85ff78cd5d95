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
