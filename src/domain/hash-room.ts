import { hash } from 'node:crypto'

/**
 * A buffer in which texts are laid behind a fixed beginning and hashed: SHA-256, its 32 bytes as Latin-1 characters. Made once and
 * used for millions of texts, for a buffer made for each costs more than its hash.
 */
export class HashRoom {
  readonly #start: number
  readonly #views: Buffer[] = []
  #bytes: Buffer

  constructor(start: Uint8Array, room = 4096) {
    this.#start = start.length
    this.#bytes = Buffer.allocUnsafeSlow(start.length + room)
    this.#bytes.set(start)
  }

  hash(text: string, encoding: 'utf8' | 'latin1'): string {
    while (text.length * MOST_BYTES > this.#bytes.length - this.#start) this.#grow()
    return this.#hashTo(this.#start + this.#bytes.write(text, this.#start, encoding))
  }

  /** Of what `write` lays into the buffer from a position on: it returns where it ended, or -1 where there is no room. */
  hashWritten(write: (target: Buffer, at: number) => number): string {
    for (;;) {
      const end = write(this.#bytes, this.#start)
      if (end >= 0) return this.#hashTo(end)
      this.#grow()
    }
  }

  #hashTo(end: number): string {
    this.#views[end] ??= this.#bytes.subarray(0, end)
    return hash('sha256', this.#views[end] as Buffer, 'binary')
  }

  #grow(): void {
    const larger = Buffer.allocUnsafeSlow(this.#bytes.length * 2)
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#views.length = 0
  }
}

/** Of one UTF-16 unit, in UTF-8. */
const MOST_BYTES = 3
