import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { onlyDrawn, table } from '../table.ts'
import { CliRoom, ONLOOKER } from './cli-room.ts'

const room = new CliRoom()
beforeAll(async () => {
  room.put(
    'p/exports/scores.csv',
    [
      'person_id,measure,score_date,score,service,referral_date,discharge_date',
      'mary-jones,ReQoL-10,2025-01-01,10,North,2025-01-01,2025-03-31',
      'mary-jones,ReQoL-10,2025-01-01,12,North,2025-01-01,2025-03-31',
      'mary-jones,ReQoL-10,2025-03-01,20,North,2025-01-01,2025-03-31',
      'john-smith,ReQoL-10,2025-01-20,20,North,2025-01-01,2025-01-31',
      'john-smith,ReQoL-10,2025-03-15,20,North,,',
      'john-smith,ReQoL-10,2025-13-01,20,North,2025-01-01,2025-01-31',
      '',
    ].join('\n'),
  )
  await room.json('ingest', 'p/exports/scores.csv', '--project', 'p')
})
afterAll(() => room.leave())

describe('outcomes check', () => {
  it('lists every doubtful row by file and row, with what becomes of it, and names nobody', async () => {
    const { out, code } = await room.type(['check', '--project', 'p', '--json'])
    const found = JSON.parse(out)
    const expected = `
      file       | row_number | code                  | treatment | measure  | month
      -----------+------------+-----------------------+-----------+----------+--------
      scores.csv | 2          | two_scores_same_day   | set_aside | reqol-10 | 2025-01
      scores.csv | 3          | two_scores_same_day   | set_aside | reqol-10 | 2025-01
      scores.csv | 6          | score_outside_episode | flagged   | reqol-10 | 2025-03`
    expect(onlyDrawn(found.findings, expected)).toEqual(table(expected))
    expect(found.files).toEqual([
      {
        file: 'scores.csv',
        sheet: '',
        records: 6,
        loaded: 5,
        duplicates: 0,
        quarantined: 1,
        period: null,
        superseded_by: null,
      },
    ])
    expect([found.is_sound, code]).toEqual([true, 0])
    expect(out).not.toMatch(/mary|john/)
  })

  it('says the same to a person, most rows first', async () => {
    const { out } = await room.type(['check', '--project', 'p'])
    expect(out).toContain('6 records = 5 loaded + 0 duplicate + 1 held back, in one file.')
    expect(out).toContain('Every record is accounted for, and every check holds.')
    expect(out.indexOf('Two different scores')).toBeLessThan(out.indexOf('A score from a time'))
    expect(out).toContain('scores.csv row 6: A score from a time when the person was not with the service')
  })

  it('ends with exit code 4 where a record is gone', async () => {
    const store = openProjectStore(ONLOOKER, `${room.dir}/p`)
    store.sqlite.exec('delete from import_row where row_number = 4')
    store.close()
    const { code, out, err } = await room.type(['check', '--project', 'p'])
    expect(code).toBe(4)
    expect(out).toContain('file 1 (scores.csv): n_loaded is 5, but import_row holds 4')
    expect(err).toContain('The store does not add up')
  })
})
