const LINE_FEED = 10
const MOST_LINES = 10

/** The line of the first such byte; null where there is none. */
export async function lineOfByte(chunks: AsyncIterable<Buffer>, byte: number): Promise<number | null> {
  let line = 1
  for await (const chunk of chunks) {
    const found = chunk.indexOf(byte)
    line += linesIn(found < 0 ? chunk : chunk.subarray(0, found))
    if (found >= 0) return line
  }
  return null
}

/**
 * Lines of a file of two encodings: those with bytes that are not UTF-8, the first ten of them, where other characters beyond ASCII
 * are. None where the file is of one encoding.
 */
export async function oddLines(chunks: AsyncIterable<Buffer>): Promise<readonly number[]> {
  const lines = new Set<number>()
  let line = 1
  let nWhole = 0
  let carry: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([carry, chunk])
    let at = 0
    // A character may go on in the next chunk: the last three bytes wait for it.
    while (at < bytes.length - 3) {
      const byte = bytes[at] as number
      if (byte === LINE_FEED) line++
      const length = byte < 0x80 ? 1 : sequenceAt(bytes, at)
      if (length > 1) nWhole++
      if (length === 0 && lines.size < MOST_LINES) lines.add(line)
      at += Math.max(1, length)
    }
    carry = Buffer.from(bytes.subarray(at))
  }
  if (new TextDecoder().decode(carry).includes('\ufffd')) lines.add(line)
  return nWhole > 0 ? [...lines] : []
}

/** Bytes of the UTF-8 character that begins here; 0 where none does. */
function sequenceAt(bytes: Buffer, at: number): number {
  const lead = bytes[at] as number
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}
