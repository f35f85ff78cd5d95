import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Project, parseProject } from '../../pipelines/project.ts'
import { sourceFiles } from '../../pipelines/sources.ts'
import { zip } from '../ingest/readers/zip-room.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sources-'))
  for (const file of ['b.csv', 'a.csv', 'north/a.csv', 'north/b.xlsx', 'north/old/a.csv', '.hidden.csv', '~$b.xlsx']) {
    mkdirSync(dirname(join(dir, 'exports', file)), { recursive: true })
    writeFileSync(join(dir, 'exports', file), 'x')
  }
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('which export files a project reads', () => {
  it.each([
    ['*.csv', ['a.csv', 'b.csv']],
    ['north/*.csv', ['north/a.csv']],
    ['north/*', ['north/a.csv', 'north/b.xlsx']],
    ['**/a.csv', ['a.csv', 'north/a.csv', 'north/old/a.csv']],
    ['NORTH/A.CSV', ['north/a.csv']],
    ['b.csv', ['b.csv']],
  ])('%s: a star stays within its folder, two stars do not', (files, expected) => {
    expect(found(`sources: [{ files: '${files}' }]`)).toEqual(expected)
  })

  it('with no sources listed, every file but hidden and lock files, in the order of names', () => {
    expect(found('')).toEqual(['a.csv', 'b.csv', 'north/a.csv', 'north/b.xlsx', 'north/old/a.csv'])
  })

  it('in the order in which the sources are listed', () => {
    expect(found("sources: [{ files: 'b.csv' }, { files: 'a.csv' }]")).toEqual(['b.csv', 'a.csv'])
  })

  it('an archive stands for its members, by their own names or all of them by its name', () => {
    const members = zip(['x.csv', 'y.csv', 'notes.pdf'].map((name) => ({ name, bytes: 'a' })))
    writeFileSync(join(dir, 'exports', 'north', 'm.zip'), members)
    expect(found("sources: [{ files: 'north/m.zip/x.*' }]")).toEqual(['north/m.zip x.csv'])
    expect(found("sources: [{ files: 'north/*.zip' }]")).toEqual(['north/m.zip x.csv', 'north/m.zip y.csv'])
    expect(found("sources: [{ files: 'north/*.csv' }]")).toEqual(['north/a.csv'])
  })

  it('refuses a source that no file matches', () => {
    expect(() => found("sources: [{ files: 'c.csv' }]")).toThrow('No file in exports/ matches "c.csv"')
  })
})

function found(yaml: string): string[] {
  const project: Project = { ...parseProject(yaml), dir }
  return sourceFiles(project).map(({ path, member }) =>
    `${relative(join(dir, 'exports'), path).replaceAll('\\', '/')} ${member ?? ''}`.trim(),
  )
}
