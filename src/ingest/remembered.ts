const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** One more character of a hash begun with `HASH_START`. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME)
}

export const HASH_START = FNV_START

/**
 * What a column's texts came to before, so that a column that repeats itself is worked out once. A table of fixed size in which a text
 * has two places: a column that never repeats itself takes no more memory however long it is.
 */
export class Remembered<Value> {
  readonly #mask: number
  readonly #texts: (string | undefined)[]
  readonly #values: (Value | undefined)[]

  /** `places`: a power of two. */
  constructor(places: number) {
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
    const place = hashOf(text) & this.#mask
    const other = place ^ 1
    if (this.#texts[place] !== undefined && this.#texts[place] !== text) {
      this.#texts[other] = this.#texts[place]
      this.#values[other] = this.#values[place]
    }
    this.#texts[place] = text
    this.#values[place] = value
  }
}

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
