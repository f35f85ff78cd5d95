import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { nearestWord } from '../domain/nearest-word.ts'

type Issue = z.core.$ZodIssue

/** A YAML text as a schema wants it, or every fault in a sentence of its own, by line and key. An empty text is an empty object. */
export function readYaml<Data>(
  text: string,
  schema: z.ZodType<Data>,
): { readonly data: Data } | { readonly faults: readonly string[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken !== undefined)
    return { faults: [`line ${lines.linePos(broken.pos[0]).line}: ${brokenWords(broken.code)}`] }
  const parsed = schema.safeParse(unfolded(document) ?? {})
  if (parsed.success) return { data: parsed.data }
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, document, lines, schema)) }
}

const BROKEN: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab stands where spaces are needed',
  DUPLICATE_KEY: 'the same key is there twice',
  BAD_INDENT: 'the indentation does not fit the lines above',
  MULTILINE_IMPLICIT_KEY: 'a key without a colon, or a quotation mark that is never closed',
  MISSING_CHAR: 'a character is missing: a comma, a colon, or a closing bracket or quotation mark',
}

function brokenWords(code: string): string {
  return `this is not valid YAML: ${BROKEN[code] ?? code.toLowerCase().replaceAll('_', ' ')}`
}

/** Aliases that would unfold into a huge document are refused by the reader; the schema then refuses what stands here instead. */
function unfolded(document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    return 'aliases'
  }
}

function faultsOf(issue: Issue, document: Document, lines: LineCounter, schema: z.ZodType): string[] {
  const path = [...issue.path]
  if (issue.code === 'invalid_union') {
    const inner = likeliest(issue.errors)
    if (inner.length > 0) {
      return inner.flatMap((it) => faultsOf({ ...it, path: [...path, ...it.path] } as Issue, document, lines, schema))
    }
  }
  if (issue.code !== 'unrecognized_keys') {
    const words = document.hasIn(path) || path.length === 0 ? wordsOf(issue) : 'is missing'
    return [`line ${lineOf(document, lines, path)}: ${shown(path)}: ${words}`]
  }
  const known = keysAt(schema, path)
  return issue.keys.map((key) => {
    const near = nearestWord(key, known)
    const hint = near === null ? `; expected ${known.join(', ')}` : `; did you mean ${near}?`
    return `line ${lineOf(document, lines, [...path, key])}: ${shown([...path, key])}: is not a setting${hint}`
  })
}

/** Of the forms that a value may have, the one it was probably meant to be: not of another type altogether. */
function likeliest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const meant = forms.filter((issues) => !issues.some((it) => it.code === 'invalid_type' && it.path.length === 0))
  return meant.toSorted((a, b) => a.length - b.length)[0] ?? []
}

function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `expected ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'number'
        ? `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}`
        : 'may not be empty'
    case 'too_big':
      return `must be at most ${issue.maximum}`
    case 'invalid_union':
      return issue.discriminator === undefined
        ? 'is written in none of the forms allowed here'
        : issue.message.replace('Invalid discriminator value. Expected', 'expected one of').replaceAll(' |', ',')
    default:
      return issue.message
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text; put it into quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, each entry after a hyphen',
  object: 'settings, each a key and a value',
}

/** Entries of a list are counted from 1. */
function shown(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file'
  return path
    .map((key) => (typeof key === 'number' ? ` (entry ${key + 1})` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

/** The line of the key where there is one, else that of the nearest thing around it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  const known = [...path]
  while (known.length > 0 && !document.hasIn(known)) known.pop()
  const parent = document.getIn(known.slice(0, -1), true)
  const last = known.at(-1)
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined
  const node = (pair?.key ?? document.getIn(known, true)) as { range?: [number, number, number] } | null | undefined
  return node?.range === undefined ? 1 : lines.linePos(node.range[0]).line
}

/** The keys that the schema has at a path. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  let at = schema
  for (const key of path) at = typeof key === 'number' ? elementOf(at) : shapeOf(at)[String(key)]
  return Object.keys(shapeOf(at))
}

interface Wrapper {
  readonly def?: {
    readonly innerType?: unknown
    readonly in?: unknown
    readonly element?: unknown
    readonly options?: readonly unknown[]
  }
  readonly shape?: Readonly<Record<string, unknown>>
}

function elementOf(schema: unknown): unknown {
  const { def } = schema as Wrapper
  if (def?.element !== undefined) return def.element
  return def?.innerType === undefined ? undefined : elementOf(def.innerType)
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  const { shape, def } = (schema ?? {}) as Wrapper
  if (shape !== undefined) return shape
  if (def?.options !== undefined) return Object.assign({}, ...def.options.map(shapeOf)) as Record<string, unknown>
  const inner = def?.innerType ?? def?.in
  return inner === undefined ? {} : shapeOf(inner)
}
