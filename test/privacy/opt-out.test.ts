import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildStore } from '../../pipelines/build-store.ts'
import { readProject } from '../../pipelines/project.ts'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { checkAccounting } from '../../src/store/check-accounting.ts'
import { CliRoom, ONLOOKER } from '../pipelines/cli-room.ts'

const ANN = '9434765919'
const BOB = '9434765870'
const SCORES = `person_id,nhs_number,measure,score_date,score
a1,${ANN},ReQoL-10,2025-01-01,10
a1,${ANN},ReQoL-10,2025-06-01,20
b1,${BOB},ReQoL-10,2025-01-01,11
b1,${BOB},ReQoL-10,2025-06-01,22
`
/** The same people by their local numbers alone. */
const LATER = 'person_id,measure,score_date,score\na1,ReQoL-10,2025-07-01,30\nb1,ReQoL-10,2025-07-01,33\n'

let room: CliRoom
let said: string[]
beforeEach(() => {
  room = new CliRoom()
  said = []
  room.put('p/exports/scores.csv', SCORES)
})
afterEach(() => room.leave())

/** Reads the project as a run does, without its reports, and adds the files' accounts up. */
async function accounts(): Promise<Record<string, number>> {
  const world = { ...ONLOOKER, env: room.env, cwd: room.dir, err: (text: string) => void said.push(text) }
  const store = await buildStore(world, readProject(join(room.dir, 'p')), {})
  try {
    const sql = `select sum(n_records) as records, sum(n_loaded) as loaded, sum(n_duplicates) as duplicates,
      sum(n_quarantined) as quarantined from import_file`
    return store.sqlite.prepare(sql).get() as Record<string, number>
  } finally {
    store.close()
  }
}

describe('a person on the National Data Opt-Out list', () => {
  it('is held back from everything, every record accounted for, and the reports say of what day the list is', async () => {
    declare('opt_out: { file: opted-out.csv, column: NHS Number, list_date: 2026-03-01 }')
    room.put('p/opted-out.csv', `name,NHS Number\nnobody,943 476 5919\n`)
    const told = await room.type(['run', 'p'])
    expect(told.err).toContain('Opt-out list of 2026-03-01: 1 NHS numbers.')
    expect(told.out).toContain('4 records in one file = 2 loaded + 0 duplicate + 2 held back')
    expect(scores()).toEqual([11, 22])
    expect(heldBack()).toEqual(['scores.csv 2 opted_out', 'scores.csv 3 opted_out'])
    expect(people()).toBe(1)
    const report = readFileSync(join(room.dir, 'p/reports/release/service-p.html'), 'utf8')
    expect(report).toContain('National Data Opt-Out list of 1 March 2026')
    for (const name of readdirSync(join(room.dir, 'p/.outcomes'))) {
      const bytes = readFileSync(join(room.dir, 'p/.outcomes', name))
      expect([name, bytes.includes(ANN), bytes.includes('943 476 5919')]).toEqual([name, false, false])
    }
  })

  it.each([
    ['read after the file that links the two', 'a', 'b'],
    ['read before it', 'b', 'a'],
  ])('is held back where a file knows them by a local number alone, %s', async (_title, first, second) => {
    room.put(`p/exports/${first}.csv`, SCORES)
    room.put(`p/exports/${second}.csv`, LATER)
    room.put('p/exports/scores.csv', 'person_id,measure,score_date,score\n')
    declare('opt_out: { file: list.txt }')
    room.put('p/list.txt', `${ANN}\n`)
    expect(await accounts()).toMatchObject({ records: 6, loaded: 3, duplicates: 0, quarantined: 3 })
    expect(scores()).toEqual([11, 22, 33])
    expect(people()).toBe(1)
  })

  it.each([
    ['after', 'a', 'b'],
    ['before', 'b', 'a'],
  ])(
    'is held back where a score names nothing but their referral, read %s the referral',
    async (_title, first, second) => {
      declare(`sources: [{ files: a.csv, profile: ${first}.yaml }, { files: b.csv, profile: ${second}.yaml }]
opt_out: { file: list.txt }`)
      const head = (kind: string) => `profile: ${kind}\ntitle: T\nreads: csv\ndate_order: ymd\n`
      room.put(
        'p/a.yaml',
        `${head('referrals')}identity: { nhs_number: nhs }\nyields: [{ kind: referral, referral_ref: ref, referral_date: on }]\n`,
      )
      room.put(
        'p/b.yaml',
        `${head('scores')}yields: [{ kind: score, measure: { constant: reqol-10 }, score: score, assessed_date: on, referral_ref: ref }]\n`,
      )
      room.put(`p/exports/${first}.csv`, `nhs,ref,on\n${ANN},r1,2025-01-01\n${BOB},r2,2025-01-01\n`)
      room.put(`p/exports/${second}.csv`, 'ref,on,score\nr1,2025-02-01,10\nr2,2025-02-01,11\n')
      room.put('p/list.txt', `${ANN}\n`)
      expect(await accounts()).toMatchObject({ records: 4, loaded: 2, quarantined: 2 })
      expect(scores()).toEqual([11])
    },
  )

  it('is held back where only a declared map knows that two local numbers are theirs', async () => {
    declare(`opt_out: { file: list.txt }
services: [{ code: s, name: S, provider: RIO }, { code: t, name: T, provider: EMIS }]
sources: [{ files: scores.csv, service: s }, { files: emis.csv, service: t }]
identity_maps: [{ file: map.csv, from: { column: emis, provider: EMIS }, to: { column: rio, provider: RIO } }]`)
    room.put('p/list.txt', `${ANN}\n`)
    room.put('p/map.csv', 'emis,rio\ne1,a1\ne2,b1\n')
    room.put('p/exports/emis.csv', LATER.replaceAll('a1', 'e1').replaceAll('b1', 'e2'))
    await accounts()
    expect(scores()).toEqual([11, 22, 33])
    expect(people()).toBe(1)
  })

  it('a copy of their record is held back too, not counted as a copy', async () => {
    room.put('p/exports/scores-again.csv', `${SCORES}c1,,ReQoL-10,2025-06-01,5\n`)
    declare('opt_out: { file: list.txt }')
    room.put('p/list.txt', `${ANN}\n`)
    expect(await accounts()).toMatchObject({ records: 9, loaded: 3, duplicates: 2, quarantined: 4 })
  })

  it('comes back once a later list has them no more; another takes their place', async () => {
    declare('opt_out: { file: list.txt }')
    room.put('p/list.txt', `NHS number\n${ANN}\n`)
    await accounts()
    expect(scores()).toEqual([11, 22])
    room.put('p/list.txt', `NHS number\n${BOB}\n`)
    await accounts()
    expect(scores()).toEqual([10, 20])
    declare('')
    await accounts()
    expect(scores()).toEqual([10, 11, 20, 22])
  })

  it('is held back by a list named on the command line, which later runs keep to', async () => {
    room.put('list.txt', `${BOB}\n`)
    const told = await room.type(['ingest', 'p/exports/scores.csv', '--project', 'p', '--opt-out-list', 'list.txt'])
    expect(told.out).toContain('4 records = 2 loaded + 0 duplicate + 2 held back')
    expect(told.out).toContain('held back for: opted_out 2')
    room.put('p/exports/more.csv', SCORES.replaceAll('2025-', '2024-'))
    await accounts()
    expect(scores()).toEqual([10, 10, 20, 20])
  })

  it('is taken out of a store that holds files from elsewhere, which cannot be read afresh', async () => {
    room.put('elsewhere.csv', SCORES.replaceAll('2025-', '2024-'))
    room.put('p/exports/scores.csv', SCORES)
    await room.json('ingest', 'elsewhere.csv', 'p/exports/scores.csv', '--project', 'p')
    declare('opt_out: { file: list.txt }')
    room.put('p/list.txt', `${ANN}\n`)
    await room.json('ingest', 'elsewhere.csv', '--project', 'p')
    expect(scores()).toEqual([])
    expect(count('assessment_record')).toBe(4)
    expect(heldBack()).toHaveLength(4)
  })

  it('does not make --strict refuse a file that is otherwise sound', async () => {
    room.put('list.txt', `${BOB}\n`)
    const args = ['ingest', 'p/exports/scores.csv', '--project', 'p', '--opt-out-list', 'list.txt', '--strict']
    expect(await room.type(args)).toMatchObject({ code: 0 })
  })

  it('slips through no damaged list: it is refused whole, naming lines and never what stands there', async () => {
    declare('opt_out: { file: list.txt }')
    room.put('p/list.txt', `NHS number\n${BOB}\n9434765918\n\n12\n`)
    const told = await room.type(['run', 'p'])
    expect(told.code).toBe(3)
    expect(told.err).toContain('list.txt: lines 3, 5 have no valid NHS number')
    expect(told.err).not.toContain('9434765918')
    room.put('p/list.txt', '')
    expect(await accounts()).toMatchObject({ loaded: 4 })
  })

  it.each([
    ['is not there', 'opt_out: { file: none.txt }', 'none.txt cannot be read (ENOENT)'],
    ['has no such column', 'opt_out: { file: list.txt, column: NHS }', 'no column "NHS" in its first line'],
  ])('stops the run where the list %s', async (_title, setting, sentence) => {
    declare(setting)
    room.put('p/list.txt', `${ANN}\n`)
    const told = await room.type(['run', 'p'])
    expect(told.code).toBe(3)
    expect(told.err).toContain(sentence)
  })

  it('a list with a newer day and the same people is not read as another list', async () => {
    declare('opt_out: { file: list.txt }')
    room.put('p/list.txt', `${ANN}\n`)
    await accounts()
    utimesSync(join(room.dir, 'p/list.txt'), new Date('2026-03-31'), new Date('2026-03-31'))
    await accounts()
    expect(said.join('')).toContain('have not changed since the last run')
    expect(ask('select list_date from people_list')).toEqual(['2026-03-31'])
  })
})

function declare(settings: string): void {
  const hasServices = settings.includes('services:')
  room.put('p/outcomes.yaml', `${hasServices ? '' : 'services: [{ code: p, name: P }]\n'}${settings}\n`)
}

function ask<Answer>(sql: string): Answer[] {
  const store = openProjectStore(ONLOOKER, join(room.dir, 'p'), { readonly: true })
  try {
    expect(checkAccounting(store.sqlite)).toEqual([])
    return store.sqlite.prepare(sql).pluck().all() as Answer[]
  } finally {
    store.close()
  }
}

const scores = () => ask<number>('select score from assessment_score order by score')
const people = () => ask<number>('select count(*) from persons')[0]
const count = (table: string) => ask<number>(`select count(*) from ${table}`)[0]
const heldBack = () =>
  ask<string>(`select file_name || ' ' || row_number || ' ' || code from quarantine_row join import_file using (file_id)
               order by file_id, row_number`)
