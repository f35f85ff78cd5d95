/**
 * What was worked out from a text before, so that a column that repeats itself is worked out once. Two generations of bounded size:
 * a column that never repeats itself takes no more memory however long it is.
 */
export class Remembered<Value> {
  readonly #most: number
  #recent = new Map<string, Value>()
  #older = new Map<string, Value>()

  constructor(most: number) {
    this.#most = most
  }

  get(text: string): Value | undefined {
    return this.#recent.get(text) ?? this.#older.get(text)
  }

  set(text: string, value: Value): void {
    if (this.#recent.size >= this.#most) {
      this.#older = this.#recent
      this.#recent = new Map()
    }
    this.#recent.set(text, value)
  }
}
