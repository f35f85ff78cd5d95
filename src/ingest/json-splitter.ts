import { LIMITS } from './limits.ts'
import { refused } from './refused.ts'

/** A piece of a JSON document: an element of a list, or a value that is no list. */
export interface JsonPiece {
  /** The key of the outermost object under which it stands; null in a list, or where the document is no object. */
  readonly key: string | null
  readonly is_element: boolean
  readonly text: string
}

type State = 'document' | 'first_key' | 'key' | 'colon' | 'value' | 'first_element' | 'element' | 'after' | 'end'

/**
 * Cuts a JSON document into pieces as it comes, so that it need never be held whole: the elements of the outermost list, or, of the
 * outermost object, its values and the elements of its lists. Only where pieces begin and end is checked here; `readJson` does the
 * rest. Refuses what is no JSON document, by the line where it goes wrong.
 */
export class JsonSplitter {
  readonly #file_name: string
  readonly #keys = new Set<string>()
  #state: State = 'document'
  #key: string | null = null
  #isObject = false
  #isInList = false
  /** What has been captured of a piece in earlier chunks; null between pieces. */
  #captured: string | null = null
  #depth = 0
  #inString = false
  #isEscaped = false
  #lines = 1

  constructor(file_name: string) {
    this.#file_name = file_name
  }

  *pieces(chunk: string): Generator<JsonPiece> {
    let at = 0
    while (at < chunk.length) {
      if (this.#captured === null) {
        at = this.#between(chunk, at)
        continue
      }
      const end = this.#endOfPiece(chunk, at)
      this.#captured += chunk.slice(at, end ?? chunk.length)
      if (this.#captured.length > LIMITS.json_record_characters)
        throw this.#fault(chunk, at, 'holds a record of more than 16 MiB')
      if (end === null) break
      at = end
      const piece = this.#closed(chunk, at)
      if (piece !== null) yield piece
    }
    this.#lines += linesIn(chunk)
  }

  /** Called at the end of the text: a number standing alone ends there, and nothing else may be open. */
  *end(): Generator<JsonPiece> {
    const isBareScalar = this.#state === 'document' && this.#captured !== null && this.#depth === 0 && !this.#inString
    const last = isBareScalar ? this.#closed('', 0) : null
    if (last !== null) yield last
    if (this.#state !== 'end') throw this.#fault('', 0, `${NOT_JSON}: it ends too early`)
  }

  #between(chunk: string, at: number): number {
    const char = chunk.charCodeAt(at)
    if (char === 32 || char === 10 || char === 13 || char === 9) return at + 1
    if (this.#state === 'end') throw this.#fault(chunk, at, `${NOT_JSON}: more follows where it ends`)
    if (this.#state === 'document' && char === OPEN_OBJECT) {
      this.#isObject = true
      this.#state = 'first_key'
    } else if ((this.#state === 'document' || this.#state === 'value') && char === OPEN_LIST) {
      this.#isInList = true
      this.#state = 'first_element'
    } else if (this.#state === 'first_key' && char === CLOSE_OBJECT) this.#state = 'end'
    else if (this.#state === 'colon' && char === COLON) this.#state = 'value'
    else if (this.#state === 'first_element' && char === CLOSE_LIST) this.#closeList()
    else if (this.#state === 'after') this.#after(char, chunk, at)
    else return this.#begin(char, chunk, at)
    return at + 1
  }

  #after(char: number, chunk: string, at: number): void {
    if (char === COMMA) this.#state = this.#isInList ? 'element' : 'key'
    else if (this.#isInList && char === CLOSE_LIST) this.#closeList()
    else if (!this.#isInList && char === CLOSE_OBJECT) this.#state = 'end'
    else throw this.#fault(chunk, at, NOT_JSON)
  }

  #begin(char: number, chunk: string, at: number): number {
    const isKey = this.#state === 'first_key' || this.#state === 'key'
    const isMisplaced =
      this.#state === 'colon' || char === COMMA || char === COLON || char === CLOSE_LIST || char === CLOSE_OBJECT
    if (isMisplaced || (isKey && char !== QUOTE)) throw this.#fault(chunk, at, NOT_JSON)
    this.#captured = ''
    this.#depth = 0
    return at
  }

  #closeList(): void {
    this.#isInList = false
    this.#state = this.#isObject ? 'after' : 'end'
  }

  /** Just past the piece's last character; null where it goes on in the next chunk. */
  #endOfPiece(chunk: string, from: number): number | null {
    for (let at = from; at < chunk.length; at++) {
      const char = chunk.charCodeAt(at)
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (char === BACKSLASH) this.#isEscaped = true
        else if (char === QUOTE) {
          this.#inString = false
          if (this.#depth === 0) return at + 1
        }
      } else if (char === QUOTE) this.#inString = true
      else if (char === OPEN_OBJECT || char === OPEN_LIST) this.#depth++
      else if (this.#depth === 0) {
        if (char === COMMA || char === COLON || char === CLOSE_LIST || char === CLOSE_OBJECT || char <= 32) return at
      } else if ((char === CLOSE_OBJECT || char === CLOSE_LIST) && --this.#depth === 0) return at + 1
    }
    return null
  }

  #closed(chunk: string, at: number): JsonPiece | null {
    const text = this.#captured as string
    this.#captured = null
    if (this.#state === 'first_key' || this.#state === 'key') {
      this.#key = keyOf(text)
      if (this.#key === null) throw this.#fault(chunk, at, NOT_JSON)
      if (this.#keys.has(this.#key)) throw this.#fault(chunk, at, 'has a key twice in its outermost object')
      this.#keys.add(this.#key)
      this.#state = 'colon'
      return null
    }
    this.#state = this.#state === 'document' ? 'end' : 'after'
    return { key: this.#key, is_element: this.#isInList, text }
  }

  #fault(chunk: string, at: number, what: string) {
    const line = this.#lines + linesIn(chunk.slice(0, at))
    return refused(
      this.#file_name,
      `${what}, at line ${line}. Nothing was loaded. Export it again, and check that the export finished.`,
    )
  }
}

const NOT_JSON = 'is not valid JSON'
const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [123, 125, 91, 93]

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

function keyOf(literal: string): string | null {
  try {
    return JSON.parse(literal) as string
  } catch {
    return null
  }
}
