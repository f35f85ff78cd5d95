import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countBySize, smallSets } from '../../src/domain/k-anonymity.ts'
import { CliRoom } from '../pipelines/cli-room.ts'
import { table } from '../table.ts'

const ANN = '9434765919'
const BOB = '9434765870'
const CAT = '9434765889'

let room: CliRoom
beforeAll(async () => {
  room = new CliRoom()
  room.put(
    'p/outcomes.yaml',
    `services: [{ code: s, name: S, provider: RIO }, { code: t, name: T, provider: EMIS }]
sources: [{ files: s.csv, service: s }, { files: t.csv, service: t }]
identity_maps:
  - { file: map.csv, from: { column: emis, provider: EMIS }, to: { column: rio, provider: RIO } }
  - { file: numbers.csv, from: { column: emis, provider: EMIS }, to: { column: nhs } }\n`,
  )
  const headings = 'person_id,nhs_number,measure,score_date,score,date_of_birth,gender'
  const row = (id: string, nhs: string, born: string) => `${id},${nhs},ReQoL-10,2025-01-01,10,${born},F`
  room.put(
    'p/exports/s.csv',
    `${[headings, row('a1', ANN, '1990-01-05'), row('b1', '', '1991-02-09'), row('c1', CAT, '1985-07-01'), row('d1', '', '')].join('\n')}\n`,
  )
  room.put(
    'p/exports/t.csv',
    `${[headings, row('e1', ANN, ''), row('e2', '', '1991-02-09'), row('e3', '', ''), row('e4', '', ''), row('e4', BOB, '')].join('\n')}\n`,
  )
  // e2 is Bea's b1; e3 is Cat by number; e4 comes with Bob's number in the file and Cat's in the map
  room.put('p/map.csv', 'emis,rio\ne2,b1\n,b9\n')
  room.put('p/numbers.csv', `emis,nhs\ne3,${CAT}\ne4,${CAT}\ne9,9434765918\n`)
})
afterAll(() => room.leave())

describe('who is who', () => {
  it('people of two services are joined by NHS number, by maps, and never by an identifier that leads to two people', async () => {
    const told = await room.type(['run', 'p', '--json'])
    expect(told.err).toContain('map.csv: line 3 has no usable pair')
    expect(told.err).toContain('numbers.csv: line 4 has no usable pair')
    expect(told.err).not.toContain('9434765918')
    const people = await room.json('people', '--project', 'p', '--internal')
    expect(people).toMatchObject({
      // Ann, Bea, Cat, d1, Bob, and the e4 of whom nobody can say whether it is Bob or Cat
      people: 6,
      people_with_nhs_number: 3,
      local_ids: 8,
      local_ids_linked: 5,
      local_ids_in_conflict: 1,
    })
    const expected = `
      of | found_in | linked | not_linked
      ---+----------+--------+-----------
      s  | t        | 3      | 1
      t  | s        | 3      | 2`
    const shared = people.shared as Record<string, unknown>[]
    expect(shared.map(({ percent_linked, ...row }) => row)).toEqual(table(expected))
    expect(shared[0]?.percent_linked).toEqual({ value: null, reason: 'too few people for a percentage' })
    expect((people.unmatched as { is_in_conflict: number }[]).map((it) => it.is_in_conflict)).toEqual([0, 1])
    expect(JSON.stringify(people)).not.toMatch(/9434765|"d1"|"e4"/)
  })

  it('for release, counts pass the gate, and nobody is listed', async () => {
    const people = await room.json('people', '--project', 'p')
    expect(people).toMatchObject({ unmatched: null, k_anonymity: null })
    expect(people.people_with_nhs_number).toEqual({ value: null, reason: 'suppressed' })
    expect((await room.type(['people', '--project', 'p'])).out).not.toMatch(/[a-z2-7]{26}/)
  })

  it('lists people who stand alone by month of birth, gender, ethnicity and service to the owner only (C10)', async () => {
    const { k_anonymity } = (await room.json('people', '--project', 'p', '--internal')) as {
      k_anonymity: {
        by: { quasi_identifiers: string[]; sizes: unknown; sets: { facts: object; n_people: number }[] }[]
      }
    }
    const [exact, wide] = k_anonymity.by
    expect(exact?.quasi_identifiers).toEqual(['service', 'birth_month', 'gender', 'ethnic_category'])
    expect(exact?.sets.filter((it) => it.n_people === 1).length).toBeGreaterThan(
      wide?.sets.filter((it) => it.n_people === 1).length as number,
    )
    expect(exact?.sets).toContainEqual({
      facts: { service: 's', birth_month: '1985-07', gender: 'F', ethnic_category: null },
      n_people: 1,
    })
    expect((await room.type(['people', '--project', 'p', '--internal'])).out).toContain('alone: s · 1985-07')
  })
})

describe('sets of people alike', () => {
  it('are counted up to k, and a missing fact is a fact like another', () => {
    const people = table(`
      born | gender
      -----+-------
      1990 | F
      1990 | F
      1990 | M
           | M
           | M
      1970 | M
      1971 | F
      1971 | F
      1971 | F
      1971 | F`) as unknown as Record<string, string | null>[]
    const sets = smallSets(people, 3)
    expect(sets.map((it) => it.n_people)).toEqual([1, 1, 2, 2])
    const expected = `
      size | n_sets | n_people
      -----+--------+---------
      1    | 2      | 2
      2    | 2      | 4
      3    | 0      | 0`
    expect(countBySize(sets, 3)).toEqual(table(expected))
  })
})
