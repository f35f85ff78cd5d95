import { describe, expect, it } from 'vitest'
import { EXIT, OperatorError } from '../../src/domain/operator-error.ts'
import { bundledProfiles, readProfile } from '../../src/ingest/find-profile.ts'
import { bundled, file, lines, load, profile } from './reading-room.ts'

const PLAIN = bundled('plain-layout')

async function refusal(work: Promise<unknown>): Promise<OperatorError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(OperatorError)
  return error as OperatorError
}

describe('a profile and a file that do not fit', () => {
  it('one refusal names the missing columns, the nearest headings and what was found', async () => {
    const error = await refusal(load(file('person_id,mesure,date,score\nA,PHQ-9,2025-01-01,3\n'), PLAIN))
    expect(error.exit_code).toBe(EXIT.input_refused)
    expect(error.message).toMatch(/lacks 2 columns that the profile plain-layout needs/)
    expect(error.message).toMatch(/"measure" is not there; the nearest heading is "mesure"/)
    expect(error.message).toMatch(/Headings found: person_id · mesure · date · score/)
  })

  it('headings match whatever their case, inner space and line breaks', async () => {
    const text = 'PERSON_ID, Measure ,"Score_Date",score\nA,PHQ-9,2025-01-01,3\n'
    expect((await load(file(text), PLAIN)).report.loaded).toBe(1)
    const spaced = profile(`
profile: spaced
title: Spaced
reads: csv
date_order: ymd
identity: { local_id: Client ID, provider: X }
yields: [{ kind: person, gender: Gender at referral }]
`)
    expect((await load(file('client   id,"Gender\nat referral"\nA,F\n'), spaced)).report.loaded).toBe(1)
  })

  it('two headings that come out the same are refused, by number and name', async () => {
    const error = await refusal(load(file('person_id,measure,score_date,score,Score \n'), PLAIN))
    expect(error.message).toMatch(/columns 4 and 5 have the same heading/)
  })

  it('a file with no heading line does not have its first patient read out', async () => {
    const text = 'Besty Tester,943 476 5919,04/11/1949\nJamie Emery,4389162012,02/08/2018\n'
    const error = await refusal(load(file(text), PLAIN))
    expect(error.message).not.toMatch(/Besty|943|1949/)
    expect(error.message).toMatch(/name withheld/)
  })

  it('headings called __proto__ and constructor are headings', async () => {
    const text = '__proto__,constructor,person_id,measure,score_date,score\n{},x,A,PHQ-9,2025-01-01,3\n'
    const { report } = await load(file(text), PLAIN)
    expect(report).toMatchObject({ loaded: 1, columns_left_out: ['__proto__', 'constructor'] })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    const json =
      '[{"__proto__": {"x": 1}, "person_id": "A", "measure": "PHQ-9", "score_date": "2025-01-01", "score": 3}]'
    const asJson = { ...PLAIN, profile: { ...PLAIN.profile, reads: 'json' as const } }
    expect((await load(file(json, 'x.json'), asJson)).report.loaded).toBe(1)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('a file of another kind is refused', async () => {
    expect((await refusal(load(file('[{"a":1}]'), PLAIN))).message).toMatch(
      /is JSON, and the profile plain-layout reads text/,
    )
  })
})

describe('profiles', () => {
  it('every bundled profile is valid and is named for its file', () => {
    const found = [...bundledProfiles()]
    expect(found.length).toBeGreaterThanOrEqual(6)
    for (const [name, { profile: each, sha256 }] of found) {
      expect(each.profile).toBe(name)
      expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('a profile with a fault is refused with its line and key', () => {
    const text = lines(`
      profile: x
      title: X
      reads: pdf
      date_order: ymd
    `)
    expect(() => readProfile(text, 'x.yaml')).toThrow(
      /x\.yaml cannot be used as a profile:\s+line 3: reads: .*\s+line 1: yields/,
    )
  })

  it.each([
    ['measure: { constant: phq-99 }', /there is no measure "phq-99"/],
    [
      'measure: { constant: phq-9 }, items: { pattern: "q{n}", count: 11 }',
      /11 items are listed for phq-9, which has 10/,
    ],
    ['measure: { constant: dialog }, total: t', /dialog has no scale "total"/],
  ])('a profile that no measure can satisfy is refused: %s', async (parts, sentence) => {
    const impossible = profile(`
profile: x
title: X
reads: csv
date_order: ymd
identity: { local_id: id, provider: X }
yields: [{ kind: assessment, assessed_date: on, ${parts} }]
`)
    const error = await refusal(
      load(file('id,on,t,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10,q11\n1,2025-01-01,,,,,,,,,,,,\n'), impossible),
    )
    expect(error.message).toMatch(sentence)
    expect(error.exit_code).toBe(EXIT.wrong_usage)
  })
})
