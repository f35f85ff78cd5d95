import { LIMITS } from '../limits.ts'

/** What a scan meets, in order. Names come without their prefix, attributes as they are written: `attribute` reads one. */
export interface XmlHandler {
  open(name: string, attributes: string): void
  text(text: string): void
  close(name: string): void
}

/** Thrown for XML that cannot be read on; `sentence` says why, after the file's name. */
export class XmlFault extends Error {
  readonly sentence: string

  constructor(sentence: string) {
    super(sentence)
    this.sentence = sentence
  }
}

export const BROKEN =
  'is damaged or was cut short: it cannot be read as a workbook. Open it in Excel and save it again.'
const DOCTYPE = 'declares a document type inside, which no workbook needs and attacks use. It was not opened.'
const LONG_CELL = 'has a cell of more than 1 MiB. Nothing was loaded. Take the text out of the sheet and save it again.'

/**
 * Reads XML as it comes, without ever holding the document. No entity but XML's own five and characters by number is known, and a
 * document type, the door of every XML bomb, is refused.
 */
export class XmlScanner {
  readonly #handler: XmlHandler
  #rest = ''
  /** Names of the elements that are open, as they are written. */
  readonly #open: string[] = []
  #isBegun = false

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  write(chunk: string): void {
    const buffer = this.#rest + chunk
    let at = 0
    for (;;) {
      const tag = buffer.indexOf('<', at)
      if (tag > at) this.#handler.text(unescaped(buffer.slice(at, tag)))
      const next = tag < 0 ? -1 : this.#markup(buffer, tag)
      if (next < 0) {
        this.#rest = buffer.slice(tag < 0 ? at : tag)
        if (this.#rest.length > LIMITS.cell_characters) throw new XmlFault(LONG_CELL)
        return
      }
      at = next
    }
  }

  /** Called at the end of the text: every element has to be closed by then. */
  end(): void {
    if (!this.#isBegun || this.#open.length > 0 || this.#rest.trim() !== '') throw new XmlFault(BROKEN)
  }

  /** Just past the markup that begins at `tag`; -1 where it goes on in the next chunk. */
  #markup(buffer: string, tag: number): number {
    const second = buffer.charCodeAt(tag + 1)
    if (second === QUESTION_MARK) return past(buffer, '?>', tag)
    if (second === EXCLAMATION_MARK) return this.#declaration(buffer, tag)
    const end = endOfTag(buffer, tag + 1)
    if (end < 0) return -1
    if (second === SLASH) {
      const name = buffer.slice(tag + 2, end).trimEnd()
      if (this.#open.pop() !== name) throw new XmlFault(BROKEN)
      this.#handler.close(local(name))
      return end + 1
    }
    const isEmpty = buffer.charCodeAt(end - 1) === SLASH
    const inside = buffer.slice(tag + 1, isEmpty ? end - 1 : end)
    const space = inside.search(/\s/)
    const written = space < 0 ? inside : inside.slice(0, space)
    const name = local(written)
    this.#isBegun = true
    this.#handler.open(name, space < 0 ? '' : inside.slice(space))
    if (isEmpty) this.#handler.close(name)
    else this.#open.push(written)
    return end + 1
  }

  #declaration(buffer: string, tag: number): number {
    if (buffer.startsWith('<!--', tag)) return past(buffer, '-->', tag + 4)
    if (buffer.startsWith('<![CDATA[', tag)) {
      const end = buffer.indexOf(']]>', tag)
      if (end < 0) return -1
      this.#handler.text(buffer.slice(tag + 9, end))
      return end + 3
    }
    if (buffer.length - tag >= 9) throw new XmlFault(DOCTYPE)
    return -1
  }
}

/** An attribute's value; '' where it is not there. */
export function attribute(attributes: string, name: string): string {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (at > 0 && before > 32) continue
    const found = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(at + name.length, at + name.length + 4096))
    if (found !== null) return unescaped(found[1] ?? found[2] ?? '')
  }
  return ''
}

const [SLASH, QUESTION_MARK, EXCLAMATION_MARK] = [47, 63, 33]
const [DOUBLE_QUOTE, SINGLE_QUOTE, GREATER, EQUALS, SPACE] = [34, 39, 62, 61, 32]

function past(buffer: string, end: string, from: number): number {
  const at = buffer.indexOf(end, from)
  return at < 0 ? -1 : at + end.length
}

/**
 * The `>` that ends a tag: one inside an attribute's quotation marks does not. An attribute without a value, or a value without its
 * quotation marks, is refused: whatever it said would be lost without a word.
 */
function endOfTag(buffer: string, from: number): number {
  let quote = 0
  let wants: 'name' | 'equals' | 'value' = 'name'
  let wasSpace = false
  for (let at = from; at < buffer.length; at++) {
    const char = buffer.charCodeAt(at)
    if (quote !== 0) {
      if (char !== quote) continue
      quote = 0
      if (!mayFollowValue(buffer.charCodeAt(at + 1))) throw new XmlFault(BROKEN)
    } else if (char === DOUBLE_QUOTE || char === SINGLE_QUOTE) {
      if (wants !== 'value') throw new XmlFault(BROKEN)
      quote = char
      wants = 'name'
    } else if (char === GREATER) {
      if (wants !== 'name') throw new XmlFault(BROKEN)
      return at
    } else if (char === EQUALS) {
      if (wants !== 'equals') throw new XmlFault(BROKEN)
      wants = 'value'
    } else if (char > SPACE && char !== SLASH) {
      if (wants === 'value' || (wasSpace && wants === 'equals')) throw new XmlFault(BROKEN)
      if (wasSpace) wants = 'equals'
    }
    wasSpace = char <= SPACE
  }
  return -1
}

/** Beyond the buffer's end there is no telling yet. */
function mayFollowValue(char: number): boolean {
  return Number.isNaN(char) || char <= SPACE || char === SLASH || char === GREATER
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? all
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
