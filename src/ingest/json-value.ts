import type { Issue } from './issues.ts'
import { LIMITS } from './limits.ts'

/** A number as it was written: no digit is lost to rounding, and `1e1` stays what it is. */
export class JsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Objects are maps, so that a key called `__proto__` is a key like any other. */
export type JsonObject = ReadonlyMap<string, Json>
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject

export type JsonRead = { readonly value: Json } | { readonly fault: Issue }

/**
 * Reads one JSON text by RFC 8259. A fault is not_json, json_too_deep, or duplicate_json_key: of two values under one key in an
 * object it cannot be known which is meant, so neither is taken.
 */
export function readJson(text: string): JsonRead {
  const reader = new JsonReader(text)
  try {
    return { value: reader.document() }
  } catch (error) {
    if (error instanceof NoJson) return { fault: { code: error.code, column: null } }
    throw error
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map
}

/** A value as a cell holds it: texts and numbers as they are, nothing for null, and JSON for what holds other values. */
export function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (value instanceof JsonNumber) return value.text
  return jsonText(value)
}

function jsonText(value: Json): string {
  if (value instanceof JsonNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  return `{${[...value].map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`).join(',')}}`
}

type Code = 'not_json' | 'json_too_deep' | 'duplicate_json_key'

class NoJson extends Error {
  readonly code: Code

  constructor(code: Code) {
    super(code)
    this.code = code
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORDS: readonly (readonly [string, Json])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
]

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Json {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length) throw new NoJson('not_json')
    return value
  }

  #value(depth: number): Json {
    this.#space()
    const char = this.#text.charAt(this.#at)
    if (char === '"') return this.#string()
    if (char === '{' || char === '[') {
      if (depth >= LIMITS.json_depth) throw new NoJson('json_too_deep')
      this.#at++
      return char === '{' ? this.#object(depth + 1) : this.#array(depth + 1)
    }
    for (const [word, value] of WORDS) if (this.#takes(word)) return value
    NUMBER.lastIndex = this.#at
    const number = NUMBER.exec(this.#text)?.[0]
    if (number === undefined) throw new NoJson('not_json')
    this.#at += number.length
    return new JsonNumber(number)
  }

  #object(depth: number): JsonObject {
    const object = new Map<string, Json>()
    this.#space()
    if (this.#takes('}')) return object
    for (;;) {
      this.#space()
      const key = this.#string()
      if (object.has(key)) throw new NoJson('duplicate_json_key')
      this.#space()
      this.#need(':')
      object.set(key, this.#value(depth))
      this.#space()
      if (this.#takes('}')) return object
      this.#need(',')
    }
  }

  #array(depth: number): Json[] {
    const array: Json[] = []
    this.#space()
    if (this.#takes(']')) return array
    for (;;) {
      array.push(this.#value(depth))
      this.#space()
      if (this.#takes(']')) return array
      this.#need(',')
    }
  }

  #string(): string {
    if (this.#text.charCodeAt(this.#at) !== QUOTE) throw new NoJson('not_json')
    const start = this.#at
    let hasEscapes = false
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at)
      if (char < SPACE) throw new NoJson('not_json')
      if (char === BACKSLASH) {
        hasEscapes = true
        at++
      } else if (char === QUOTE) {
        this.#at = at + 1
        return hasEscapes ? unescaped(this.#text.slice(start, at + 1)) : this.#text.slice(start + 1, at)
      }
    }
    throw new NoJson('not_json')
  }

  #space(): void {
    for (;;) {
      const char = this.#text.charCodeAt(this.#at)
      if (char !== SPACE && char !== 10 && char !== 13 && char !== 9) return
      this.#at++
    }
  }

  #takes(word: string): boolean {
    const isNext = this.#text.startsWith(word, this.#at)
    if (isNext) this.#at += word.length
    return isNext
  }

  #need(word: string): void {
    if (!this.#takes(word)) throw new NoJson('not_json')
  }
}

const QUOTE = 34
const BACKSLASH = 92
const SPACE = 32

function unescaped(literal: string): string {
  try {
    return JSON.parse(literal) as string
  } catch {
    throw new NoJson('not_json')
  }
}
