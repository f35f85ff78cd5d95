/** Bits of the quick test that most places fail. */
const FILTER_BITS = 20
const GRAM_BYTES = 4

interface Place {
  /** Which needle, and where in it the four bytes stand that it is looked up by. */
  readonly needle: number
  readonly offset: number
}

/**
 * Which of many needles, of at least four bytes each, lie anywhere in a text of bytes that comes in chunks. One walk, whatever
 * their number: each needle is looked up by those four of its bytes that the fewest needles share.
 */
export function findBytes(chunks: Iterable<Buffer>, needles: readonly Buffer[]): Set<number> {
  const places = placesByGram(needles)
  const filter = new Uint8Array(1 << FILTER_BITS)
  for (const gram of places.keys()) filter[hash(gram)] = 1
  const longest = needles.reduce((most, needle) => Math.max(most, needle.length), GRAM_BYTES)
  const found = new Set<number>()
  let text = Buffer.alloc(0)
  for (const chunk of chunks) {
    // what the last chunk began may end in this one
    text = Buffer.concat([text.subarray(Math.max(0, text.length - 2 * longest)), chunk])
    walk(text, needles, places, filter, found)
  }
  return found
}

function walk(
  text: Buffer,
  needles: readonly Buffer[],
  places: ReadonlyMap<number, readonly Place[]>,
  filter: Uint8Array,
  found: Set<number>,
): void {
  let gram = 0
  for (let at = 0; at < text.length; at++) {
    gram = (gram << 8) | (text[at] as number)
    if (at < GRAM_BYTES - 1 || filter[hash(gram)] === 0) continue
    for (const { needle, offset } of places.get(gram) ?? []) {
      const from = at - (GRAM_BYTES - 1) - offset
      const bytes = needles[needle] as Buffer
      const to = from + bytes.length
      if (from < 0 || to > text.length || found.has(needle)) continue
      if (text.compare(bytes, 0, bytes.length, from, to) === 0) found.add(needle)
    }
  }
}

function placesByGram(needles: readonly Buffer[]): Map<number, Place[]> {
  const counts = new Map<number, number>()
  for (const needle of needles) for (const gram of grams(needle)) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const places = new Map<number, Place[]>()
  for (const [needle, bytes] of needles.entries()) {
    const all = grams(bytes)
    if (all.length === 0) throw new Error('a needle has four bytes at least')
    let offset = 0
    for (let at = 1; at < all.length; at++) {
      if ((counts.get(all[at] as number) as number) < (counts.get(all[offset] as number) as number)) offset = at
    }
    const gram = all[offset] as number
    const place = { needle, offset }
    const others = places.get(gram)
    if (others === undefined) places.set(gram, [place])
    else others.push(place)
  }
  return places
}

function grams(bytes: Buffer): number[] {
  return Array.from({ length: Math.max(0, bytes.length - GRAM_BYTES + 1) }, (_, at) => bytes.readInt32BE(at))
}

function hash(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - FILTER_BITS)
}
