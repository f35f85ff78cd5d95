import { Document, isMap, isScalar, type Node, type Pair } from 'yaml'
import { type Profile, profileSchema } from '../profile.ts'
import type { Decision } from './notebook.ts'

/** A guessed profile as a YAML file to confirm: what was decided stands above the lines that say so, with its evidence. */
export function profileText(profile: Profile, decisions: readonly Decision[], notes: readonly string[]): string {
  const document = new Document(withoutDefaults(profile))
  document.commentBefore = [
    ' Found by "outcomes inspect". Read it through before it is used: each part has its reason above it.',
    ...notes.map((note) => ` Note: ${note}`),
  ].join('\n')
  if (isMap(document.contents)) {
    for (const pair of document.contents.items as Pair<Node, Node>[]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      const comment = commentFor(key, decisions)
      if (comment !== '' && isScalar(pair.key)) pair.key.commentBefore = comment
    }
  }
  return document.toString({ lineWidth: 0 })
}

const ABOUT: Readonly<Record<string, RegExp>> = {
  csv: /^headings/,
  xlsx: /^(headings|sheet)/,
  date_order: /^date_order/,
  identity: /^(nhs_number|local_id|person)/,
  yields: /^(?!headings|sheet|date_order|nhs_number|local_id|person)/,
}

function commentFor(key: string, decisions: readonly Decision[]): string {
  const about = ABOUT[key]
  if (about === undefined) return ''
  return decisions
    .filter((decision) => about.test(decision.about))
    .map(({ about: what, choice, evidence }) => ` ${what}: ${choice}. ${sentence(evidence.join('; '))}`)
    .join('\n')
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

/** What a profile says by leaving it out is left out. */
function withoutDefaults(profile: Profile): Record<string, unknown> {
  const { profile: name, title, reads, date_order, yields, ...rest } = profile
  const smallest = profileSchema.parse({ profile: name, title, reads, date_order, yields })
  const [said] = differing(rest, smallest)
  const order = ['csv', 'xlsx', 'fhir', 'footer_starts_with', 'blanks', 'decimal_comma', 'identity', 'left_out']
  const middle = Object.entries(said).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return { profile: name, title, reads, ...Object.fromEntries(middle), date_order, yields: yields.map(plainYield) }
}

function differing(parts: object, smallest: object): [Record<string, unknown>] {
  const base = smallest as Record<string, unknown>
  const said = Object.entries(parts).flatMap(([key, value]) => {
    if (JSON.stringify(value) === JSON.stringify(base[key])) return []
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value)
    const inner = isGroup && typeof base[key] === 'object' ? differing(value, base[key] as object)[0] : value
    return [[key, inner] as const]
  })
  return [Object.fromEntries(said)]
}

const YIELD_DEFAULTS: Readonly<Record<string, unknown>> = {
  optional: false,
  coding: 'scored',
  minus: 0,
  total_scale: 'total',
}
const KEPT = new Set(['coding'])

/** Coding is always said where there are items: it is the first thing to check. */
function plainYield(parts: object): object {
  const entries = Object.entries(parts).filter(([key, value]) => KEPT.has(key) || YIELD_DEFAULTS[key] !== value)
  const hasItems = 'items' in parts || 'answer' in parts
  return Object.fromEntries(
    entries
      .filter(([key, value]) => !(Array.isArray(value) && value.length === 0) && (key !== 'coding' || hasItems))
      .map(([key, value]) => [key, plainCell(value)]),
  )
}

/** A column with nothing said of it is its heading. */
function plainCell(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('column' in value)) return value
  const { column, ...rest } = value as Record<string, unknown>
  const said = Object.entries(rest).filter(([key, it]) => !(CELL_DEFAULTS[key] === it))
  return said.length === 0 ? column : { column, ...Object.fromEntries(said) }
}

const CELL_DEFAULTS: Readonly<Record<string, unknown>> = { otherwise: 'quarantine', optional: false, minus: 0 }
