import { ISSUE_WORDS } from '../../pipelines/issue-words.ts'
import { projectJsonSchema } from '../../pipelines/project.ts'
import { bundledProfiles } from '../../src/ingest/find-profile.ts'
import { ISSUE_CODES, remedy } from '../../src/ingest/issues.ts'
import { LIMIT_WORDS, LIMITS } from '../../src/ingest/limits.ts'
import { QUALITY_RULES, type Treatment } from '../../src/store/quality-rules.ts'

/** Tables of docs/reference.md that are made from the code: by the name that their place in the page carries. */
export const REFERENCE_TABLES: Readonly<Record<string, () => string>> = {
  settings: () => markdown(['key', 'default', 'meaning'], settings('', projectJsonSchema() as Node)),
  'issue-codes': () =>
    markdown(
      ['code', 'what was found', 'what to do'],
      ISSUE_CODES.map((code) => [`\`${code}\``, ISSUE_WORDS[code] ?? '', remedy(code)]),
    ),
  limits: () =>
    markdown(
      ['at most', 'of what'],
      Object.entries(LIMITS).map(([name, most]) => [amount(name, most), LIMIT_WORDS[name as keyof typeof LIMITS]]),
    ),
  'profile-codes': () =>
    markdown(
      ['code', 'profile', 'expected'],
      [...bundledProfiles()].flatMap(([name, { profile }]) =>
        profile.keep_when.map((rule) => [`\`${rule.code}\``, `\`${name}\``, rule.expected]),
      ),
    ),
  'quality-rules': () =>
    markdown(
      ['code', 'what was found', 'what becomes of the row', 'what that does', 'what to do'],
      QUALITY_RULES.map((it) => [`\`${it.code}\``, it.found, TREATMENT_WORDS[it.treatment], it.consequence, it.remedy]),
    ),
}

const TREATMENT_WORDS: Readonly<Record<Treatment, string>> = {
  held_back: 'held back',
  flagged: 'loaded with a flag',
  set_aside: 'loaded with a flag, score set aside',
}

/** The page with every table in its place made anew: between `<!-- table: NAME -->` and `<!-- end -->`. */
export function withTables(page: string): string {
  return page.replace(/(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, open, name, close) => {
    const make = REFERENCE_TABLES[name]
    if (make === undefined) throw new Error(`there is no table ${name}`)
    return `${open}${make()}\n${close}`
  })
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly type?: string
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly description?: string
}

/** Measures are keys by the dozen, all alike: one row stands for them. */
function settings(path: string, { properties = {}, required = [] }: Node): string[][] {
  return Object.entries(properties).flatMap(([key, node]) => {
    const at = `${path}${key}`
    const own = [`\`${at}\``, fallback(node, required.includes(key)), meaning(node)]
    if (at === 'measures') return [own, ...settings('measures.MEASURE.SCALE.', anyScale(node))]
    if (node.items?.properties !== undefined) return [own, ...settings(`${at}[].`, node.items)]
    if (node.properties !== undefined) return settings(`${at}.`, node)
    return [own]
  })
}

function anyScale(measures: Node): Node {
  const [measure] = Object.values(measures.properties ?? {})
  const [scale] = Object.values(measure?.properties ?? {})
  if (scale === undefined) throw new Error('the schema has no measures')
  return scale
}

function fallback(node: Node, isRequired: boolean): string {
  if (isRequired) return 'needed'
  if (node.default === undefined || node.default === '' || typeof node.default === 'object') return ''
  return `\`${String(node.default)}\``
}

function meaning({ description = '', enum: choices, items }: Node): string {
  const listed = choices ?? items?.enum
  return listed === undefined ? description : `${description} One of ${listed.map((it) => `\`${it}\``).join(', ')}.`
}

function amount(name: string, most: number): string {
  if (!name.endsWith('_bytes')) return most.toLocaleString('en-GB')
  return most >= 2 ** 30 ? `${most / 2 ** 30} GiB` : `${most / 2 ** 20} MiB`
}

function markdown(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(headings), `|${headings.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}
