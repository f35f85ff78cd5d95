import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ISSUE_WORDS } from '../../pipelines/issue-words.ts'
import { COMMANDS } from '../../pipelines/root-command.mjs'
import type { World } from '../../pipelines/world.ts'
import { EXIT } from '../../src/domain/operator-error.ts'
import { readProfile } from '../../src/ingest/find-profile.ts'
import { ISSUE_CODES } from '../../src/ingest/issues.ts'
import { profileSchema } from '../../src/ingest/profile.ts'
import { REFERENCE_TABLES, withTables } from './reference-tables.ts'

const PATH = join(import.meta.dirname, '../../docs/reference.md')
const page = readFileSync(PATH, 'utf8').replaceAll('\r\n', '\n')

const LOAD: Record<keyof typeof COMMANDS, () => Promise<(world: World) => Command>> = {
  demo: async () => (await import('../../pipelines/demo.ts')).demoCommand,
  init: async () => (await import('../../pipelines/init.ts')).initCommand,
  inspect: async () => (await import('../../pipelines/inspect.ts')).inspectCommand,
  ingest: async () => (await import('../../pipelines/ingest.ts')).ingestCommand,
  quarantine: async () => (await import('../../pipelines/quarantine.ts')).quarantineCommand,
  check: async () => (await import('../../pipelines/check.ts')).checkCommand,
  run: async () => (await import('../../pipelines/run.ts')).runCommand,
  people: async () => (await import('../../pipelines/people.ts')).peopleCommand,
  purge: async () => (await import('../../pipelines/purge.ts')).purgeCommand,
  results: async () => (await import('../../pipelines/results.ts')).resultsCommand,
  trace: async () => (await import('../../pipelines/trace.ts')).traceCommand,
  report: async () => (await import('../../pipelines/report.ts')).reportCommand,
  measures: async () => (await import('../../pipelines/measures.ts')).measuresCommand,
  score: async () => (await import('../../pipelines/score.ts')).scoreCommand,
  analyse: async () => (await import('../../pipelines/analyse.ts')).analyseCommand,
}
const NOBODY = { cwd: '/', env: {}, stdin: Readable.from([]), out: () => {}, err: () => {} } as unknown as World

/** The text of the section with that heading, up to the next of its level or above. */
function section(heading: string): string {
  const start = page.indexOf(`\n${heading}\n`)
  if (start < 0) return ''
  const level = heading.split(' ')[0] as string
  const rest = page.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

describe('docs/reference.md', () => {
  it('holds the tables that the code makes: bring them up to date with "npx vitest run test/pipelines/reference -u"', async () => {
    await expect(withTables(page)).toMatchFileSnapshot(PATH)
    for (const name of Object.keys(REFERENCE_TABLES)) expect(page).toContain(`<!-- table: ${name} -->`)
  })

  it('every issue code has words of its own, and there are no words without a code', () => {
    expect(ISSUE_CODES.filter((code) => ISSUE_WORDS[code] === undefined)).toEqual([])
    const given = new Set([...ISSUE_CODES, 'not_completed'])
    expect(Object.keys(ISSUE_WORDS).filter((code) => !given.has(code))).toEqual([])
  })

  it.each(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])(
    'names every option of %s, with an example',
    async (name) => {
      const command = (await LOAD[name]())(NOBODY)
      const text = section(`### outcomes ${name}`)
      for (const each of [command, ...command.commands]) {
        for (const { long } of each.options) expect(text, `${name} ${long}`).toContain(`\`${long}`)
      }
      expect(text).toMatch(new RegExp(`^outcomes ${name}`, 'm'))
      if (name !== 'results') expect(command.description()).toBe(COMMANDS[name])
    },
  )

  it('names every field of a profile', () => {
    const text = section('## The profile file')
    for (const key of keysOf(z.toJSONSchema(profileSchema, { unrepresentable: 'any', io: 'input' }) as Node)) {
      expect(text, key).toMatch(new RegExp(`\\b${key}\\b`))
    }
  })

  it('its example profile is one', () => {
    const [, example] = /```yaml\n(profile:[\s\S]*?)```/.exec(section('## The profile file')) ?? []
    expect(readProfile(example ?? '').profile.yields.map(({ kind }) => kind)).toEqual(['referral', 'assessment'])
  })

  it('names every exit code', () => {
    const text = section('## Exit codes')
    for (const code of Object.values(EXIT)) expect(text).toContain(`| ${code} |`)
  })
})

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
}

function keysOf({ properties = {}, items, anyOf = [], oneOf = [] }: Node): string[] {
  const inner = [...Object.values(properties), ...(items === undefined ? [] : [items]), ...anyOf, ...oneOf]
  return [...new Set([...Object.keys(properties), ...inner.flatMap(keysOf)])]
}
