import { inflateRawSync } from 'node:zlib'

/** The text of every part of a zip archive or workbook, one after the other. */
export function unzipped(bytes: Buffer): string {
  let text = ''
  for (
    let at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    at !== -1;
    at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')
  ) {
    const size = bytes.readUInt32LE(at + 20)
    const header = bytes.readUInt32LE(at + 42)
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
    const part = bytes.subarray(start, start + size)
    text += (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(part) : part).toString('utf8')
  }
  return text
}
