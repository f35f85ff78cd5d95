import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { profilesThatFit } from '../../pipelines/choose-profile.ts'
import { readExistingProject } from '../../pipelines/project.ts'
import { sourceFiles } from '../../pipelines/sources.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { file } from './reading-room.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')

/** The table of fixtures/real-shapes/README.md: a file and the profile that reads it. */
function shapes(): [file: string, profile: string][] {
  const page = readFileSync(join(FIXTURES, 'real-shapes/README.md'), 'utf8')
  return [...page.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map((row) => [row[1] as string, row[2] as string])
}

async function fits(path: string): Promise<string[]> {
  return (await profilesThatFit(await examineFile(path))).map(({ profile }) => profile.profile)
}

describe('of all bundled profiles, the right one is the first that fits', () => {
  it.each(shapes())('%s: %s', async (name, profile) => {
    expect((await fits(join(FIXTURES, 'real-shapes', name)))[0]).toBe(profile)
  })

  it('a file that the table leaves to other tests (the national data sets) fits one profile and no other', async () => {
    const named = shapes().map(([name]) => name)
    const others = readdirSync(join(FIXTURES, 'real-shapes'), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile() && each.name !== 'README.md')
      .map((each) => relative(join(FIXTURES, 'real-shapes'), join(each.parentPath, each.name)).split(sep).join('/'))
      .filter((name) => !named.includes(name))
    const unclear: string[] = []
    for (const name of others) {
      const found = await fits(join(FIXTURES, 'real-shapes', name))
      if (found.length !== 1) unclear.push(`${name}: ${found.join(', ')}`)
    }
    expect(unclear).toEqual([])
  })

  it('every export of the demonstration', async () => {
    const wrong: string[] = []
    for (const { path, profile = 'plain-layout' } of sourceFiles(readExistingProject(FIXTURES))) {
      const found = await fits(path)
      if (found[0] !== profile) wrong.push(`${path.slice(FIXTURES.length)}: ${found.join(', ')} and not ${profile}`)
    }
    expect(wrong).toEqual([])
  })

  it('where headings and answers leave it open, both profiles are named and neither is chosen for the team', async () => {
    const dialog = readFileSync(join(FIXTURES, 'real-shapes/dialog-plus/web-app.csv'), 'utf8')
    const [headings, texts, , , record] = dialog.split('\n') as string[]
    expect(await fits(file([headings, texts, record].join('\n')))).toEqual([
      'dialog-plus-app-0-6',
      'dialog-plus-app-1-7',
    ])
  })
})
