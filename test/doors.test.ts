import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Which room may import which, and which packages. `type:x` means types only: `import type`.
 * Node's own modules are listed too: they are how a room reaches the world.
 */
const DOORS: Record<string, readonly string[]> = {
  'src/domain': ['node:crypto'],
  'src/measures': ['src/domain'],
  'src/ingest': ['src/domain', 'src/measures', 'zod', 'yaml', 'hucre', 'iconv-lite', 'node:*'],
  'src/store': ['src/domain', 'type:src/measures', 'type:src/ingest', 'kysely', 'better-sqlite3', 'node:*'],
  'src/stats': ['simple-statistics', 'arquero'],
  'src/change': ['src/domain', 'src/measures', 'src/stats'],
  'src/usage': ['src/domain', 'src/stats'],
  'src/economics': ['src/domain', 'src/stats', 'src/usage', 'src/change', 'node:*'],
  'src/disclosure': ['src/domain'],
  'src/report': [
    'src/domain',
    'src/disclosure',
    'type:src/change',
    'type:src/usage',
    'type:src/economics',
    'vega',
    'vega-lite',
    '@resvg/resvg-js',
    'hucre',
    'node:*',
  ],
  reports: [
    'src/domain',
    'src/measures',
    'src/stats',
    'src/disclosure',
    'src/report',
    'src/usage',
    'type:src/change',
    'type:src/economics',
    'type:src/store',
    'arquero',
  ],
  pipelines: ['*'],
}

describe('import doors', () => {
  it('every import goes through a door of its room', () => {
    expect(Object.keys(DOORS).flatMap((room) => forbiddenImports(room))).toEqual([])
  })

  it('names the file and line of a forbidden import', () => {
    expect(faultsOf('src/domain', 'src/domain/x.ts', "\nimport { open } from '../store/open.ts'")).toEqual([
      'src/domain/x.ts:2 imports src/store/open.ts',
    ])
  })

  it('lets a types-only door pass types and nothing else', () => {
    const value = "import { summariseChange } from '../change/summarise-change.ts'"
    const type = "import type { ChangeSummary } from '../change/summarise-change.ts'"
    expect(faultsOf('src/report', 'src/report/x.ts', value)).toHaveLength(1)
    expect(faultsOf('src/report', 'src/report/x.ts', type)).toEqual([])
  })
})

function forbiddenImports(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const path = join(room, file).split(sep).join('/')
      return faultsOf(room, path, readFileSync(join(ROOT, path), 'utf8'))
    })
}

function faultsOf(room: string, path: string, text: string): string[] {
  const found = text.matchAll(/^\s*(?:import|export)\b(\s+type\b)?(?:[^'";]*?\sfrom)?\s*['"]([^'"]+)['"]/gm)
  return [...found].flatMap((match) => {
    const target = targetOf(path, match[2] as string)
    if (target.startsWith(`${room}/`) || isAllowed(DOORS[room] as string[], target, match[1] !== undefined)) return []
    const line = text.slice(0, match.index + match[0].search(/\S/)).split('\n').length
    return [`${path}:${line} imports ${target}`]
  })
}

function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return relative(ROOT, resolve(ROOT, dirname(path), specifier))
    .split(sep)
    .join('/')
}

function isAllowed(doors: readonly string[], target: string, typesOnly: boolean): boolean {
  return doors.some((door) => {
    if (door === '*') return true
    if (door === 'node:*') return target.startsWith('node:')
    const name = door.replace(/^type:/, '')
    const fits = target === name || target.startsWith(`${name}/`)
    return fits && (typesOnly || !door.startsWith('type:'))
  })
}
