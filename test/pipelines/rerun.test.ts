import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildStore } from '../../pipelines/build-store.ts'
import { readProject } from '../../pipelines/project.ts'
import type { World } from '../../pipelines/world.ts'

const TWO = 'person_id,measure,score_date,score\nA,ReQoL-10,2025-01-01,10\nA,ReQoL-10,2025-06-01,20\n'

let dir = ''
let said: string[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rerun-'))
  said = []
  mkdirSync(join(dir, 'exports'))
  writeFileSync(join(dir, 'exports', 'scores.csv'), TWO)
})
afterEach(() => rmSync(dir, { recursive: true }))

describe('running a project again', () => {
  it('reads unchanged exports only once', async () => {
    expect(await build()).toMatchObject({ scores: [10, 20] })
    expect(await build()).toMatchObject({ scores: [10, 20] })
    expect(said.filter((line) => line.startsWith('reading '))).toHaveLength(1)
    expect(said.join('')).toContain('have not changed since the last run')
  })

  it('holds just what the exports hold now: a corrected score takes the place of the wrong one', async () => {
    await build()
    writeFileSync(join(dir, 'exports', 'scores.csv'), TWO.replace('2025-06-01,20', '2025-06-01,22'))
    expect(await build()).toMatchObject({ scores: [10, 22], files: 1 })
  })

  it('forgets a file that was taken away', async () => {
    writeFileSync(join(dir, 'exports', 'more.csv'), TWO.replaceAll('A,', 'B,'))
    expect(await build()).toMatchObject({ scores: [10, 10, 20, 20], files: 2 })
    rmSync(join(dir, 'exports', 'more.csv'))
    expect(await build()).toMatchObject({ scores: [10, 20], files: 1 })
  })

  it('follows the settings of the project, whether or not the exports changed', async () => {
    expect((await build()).settings).toMatchObject({ is_national_parity: 0, reentry_days: 90, window_months: 12 })
    writeFileSync(join(dir, 'outcomes.yaml'), 'rules: { national_parity: true, reentry_days: 30, window_months: 6 }\n')
    expect((await build()).settings).toMatchObject({ is_national_parity: 1, reentry_days: 30, window_months: 6 })
  })
})

async function build() {
  const world: World = {
    cwd: dir,
    env: { OUTCOMES_KEY_FILE: join(dir, 'key') },
    stdin: Readable.from([]),
    is_terminal: false,
    started_at: new Date('2026-11-22T09:00:00Z'),
    out: () => {},
    err: (text) => said.push(text),
    exitWith: () => {},
  }
  const store = await buildStore(world, readProject(dir), {})
  try {
    return {
      scores: store.sqlite
        .prepare("select score from assessment_score where scale_id = 'total' order by score")
        .pluck()
        .all(),
      files: store.sqlite.prepare('select count(*) from import_file').pluck().get(),
      settings: store.sqlite.prepare('select * from settings').get(),
    }
  } finally {
    store.close()
  }
}
