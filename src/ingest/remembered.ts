const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** One more character of a hash begun with `HASH_START`. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME)
}

export const HASH_START = FNV_START

/**
 * What a column's texts came to before, so that a column that repeats itself is worked out once. A table in which a text has two
 * places. It grows as it fills, up to a size: a small file takes little, and a column that never repeats itself no more however long.
 */
export class Remembered<Value> {
  #mask: number
  #texts: (string | undefined)[]
  #values: (Value | undefined)[]
  readonly #most: number
  #nSet = 0

  /** `most`: places it may grow to, a power of two. */
  constructor(most: number) {
    const places = Math.min(FIRST_PLACES, most)
    this.#most = most
    this.#mask = places - 1
    this.#texts = new Array(places).fill(undefined)
    this.#values = new Array(places).fill(undefined)
  }

  get(text: string): Value | undefined {
    const place = hashOf(text) & this.#mask
    if (this.#texts[place] === text) return this.#values[place]
    const other = place ^ 1
    return this.#texts[other] === text ? this.#values[other] : undefined
  }

  /** The same for a text that stands as ASCII bytes and need not be made a string. */
  getBytes(bytes: Buffer, from: number, to: number): Value | undefined {
    let hash = HASH_START
    for (let at = from; at < to; at++) hash = hashStep(hash, bytes[at] as number)
    const place = hash & this.#mask
    if (isText(this.#texts[place], bytes, from, to)) return this.#values[place]
    const other = place ^ 1
    return isText(this.#texts[other], bytes, from, to) ? this.#values[other] : undefined
  }

  /** The newer of the two that shared the places stays. */
  set(text: string, value: Value): void {
    if (++this.#nSet > this.#mask && this.#mask + 1 < this.#most) this.#grow()
    const place = hashOf(text) & this.#mask
    const other = place ^ 1
    if (this.#texts[place] !== undefined && this.#texts[place] !== text) {
      this.#texts[other] = this.#texts[place]
      this.#values[other] = this.#values[place]
    }
    this.#texts[place] = text
    this.#values[place] = value
  }

  #grow(): void {
    const [texts, values] = [this.#texts, this.#values]
    const places = Math.min((this.#mask + 1) * GROWTH, this.#most)
    this.#mask = places - 1
    this.#texts = new Array(places).fill(undefined)
    this.#values = new Array(places).fill(undefined)
    this.#nSet = 0
    for (const [at, text] of texts.entries()) if (text !== undefined) this.set(text, values[at] as Value)
  }
}

const FIRST_PLACES = 256
const GROWTH = 16

function hashOf(text: string): number {
  let hash = HASH_START
  for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at))
  return hash
}

function isText(text: string | undefined, bytes: Buffer, from: number, to: number): boolean {
  if (text === undefined || text.length !== to - from) return false
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== bytes[from + at]) return false
  return true
}
