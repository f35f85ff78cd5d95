import { describe, expect, it } from 'vitest'
import { file, lines, load, profile } from './reading-room.ts'

/** A profile of PCL-5 forms, whose odd parts a test draws. */
function forms(parts: string, date = 'Completed', rules = ''): ReturnType<typeof profile> {
  return profile(`
profile: x
title: X
reads: csv
date_order: dmy
${rules}
identity: { local_id: [Client ID, ClientID], provider: X }
yields: [{ kind: assessment, assessed_date: ${date}, ${parts} }]
`)
}

const GAD = 'measure: { constant: gad-7 }, items: { pattern: "g{n}", count: 7 }'

describe('a column under several headings', () => {
  it('the first of the headings that the file has is read, and the other is left out', async () => {
    const goals = 'measure: { constant: gbo }, items: [[Goal 1, G1], [Goal 2, G2], G3]'
    const text = lines(`
      ClientID,Completed,G1,Goal 2,G2,G3
      A,01/02/2025,4,5,9,6
    `)
    const { rows, report } = await load(file(text), forms(goals))
    expect(rows('assessment_record')).toMatchObject([{ items: '4,5,6' }])
    expect(report.columns_left_out).toEqual(['G2'])
  })

  it('where a feed keeps old and new names side by side, the first that is filled on the row is read; two that differ are flagged', async () => {
    const text = lines(`
      ClientID,Completed,Old,New
      A,01/02/2025,,5
      B,01/02/2025,6,
      C,01/02/2025,7,7
      D,01/02/2025,8,9
    `)
    const total = 'measure: { constant: gad-7 }, total: { column: [New, Old, Newest], choose: row }'
    const { rows, doubts } = await load(file(text), forms(total))
    expect(rows('assessment_record').map((row) => row.supplied_score)).toEqual([5, 6, 7, 9])
    expect(doubts()).toEqual(['5 columns_disagree'])
  })

  it('numbers of two kinds are not mixed: the first heading that the file has, blank or not', async () => {
    const text = 'Client ID,ClientID,Completed,Goal 1\n,B,01/02/2025,4\nC,D,01/02/2025,5\n'
    const own = profile(`
profile: x
title: X
reads: csv
date_order: dmy
identity: { local_id: { column: [Client ID, ClientID], choose: file }, provider: X }
yields: [{ kind: assessment, assessed_date: Completed, measure: { constant: gbo }, items: [Goal 1] }]
`)
    const { faults, doubts, report } = await load(file(text), own)
    expect([faults(), doubts(), report.columns_left_out]).toEqual([['2 missing_person'], [], ['ClientID']])
  })

  it('a file with none of them is refused, and the refusal names them all', async () => {
    const goals = 'measure: { constant: gbo }, items: [[Goal 1, Target one]]'
    await expect(load(file('Client ID,Completed,Goal1\nA,01/02/2025,4\n'), forms(goals))).rejects.toThrow(
      /"Goal 1" or "Target one" is not there; the nearest heading is "Goal1"/,
    )
  })

  it('a pattern of items may have several spellings', async () => {
    const items = 'measure: { constant: gad-7 }, items: { pattern: ["gad{n}", "g{n}"], count: 7 }'
    const text = 'Client ID,Completed,g1,g2,g3,g4,g5,g6,g7\nA,01/02/2025,0,1,2,3,0,1,2\n'
    expect((await load(file(text), forms(items))).rows('assessment_record')).toMatchObject([{ items: '0,1,2,3,0,1,2' }])
  })
})

describe('numbers that an export writes too high or too low', () => {
  const moved = `${GAD}, minus: 1, total: { column: t, minus: 7 }`

  it('GAD-7 written 1-4 is stored as 0-3, its total with it, and the two are compared as stored', async () => {
    const text = lines(`
      Client ID,Completed,g1,g2,g3,g4,g5,g6,g7,t
      A,01/02/2025,1,2,3,4,1,2,3,16
      B,01/02/2025,1,2,3,4,1,2,3,15
      C,01/02/2025,1,2,3,4,1,2,,15
    `)
    const { rows, doubts, faults } = await load(file(text), forms(moved))
    expect(faults()).toEqual([])
    expect(rows('assessment_record').map((row) => [row.items, row.supplied_score])).toEqual([
      ['0,1,2,3,0,1,2', 9],
      ['0,1,2,3,0,1,2', 8],
      ['0,1,2,3,0,1,', 8],
    ])
    expect(doubts()).toEqual(['3 total_disagrees'])
  })

  it.each([
    ['0', 'answer_out_of_range', 'an answer from 1 to 4'],
    ['5', 'answer_out_of_range', 'an answer from 1 to 4'],
    ['1.5', 'not_an_integer', 'a whole number from 1 to 4'],
    ['often', 'not_an_integer', 'a whole number from 1 to 4'],
  ])(
    'an answer of %s is held back, and the message speaks of the numbers in the file',
    async (answer, code, wanted) => {
      const text = `Client ID,Completed,g1,g2,g3,g4,g5,g6,g7,t\nA,01/02/2025,${answer},2,3,4,1,2,3,\n`
      const { rows } = await load(file(text), forms(moved))
      expect(rows('quarantine_row')).toMatchObject([{ code, column_name: 'g1', expected: wanted }])
      expect(rows('assessment_record')).toEqual([])
    },
  )

  it('DIALOG written 0-6: a 7 is not the "8" that means not answered', async () => {
    const dialog = 'measure: { constant: dialog }, minus: -1, items: { pattern: "d{n}", count: 11 }'
    const text = lines(`
      Client ID,Completed,d1,d2,d3,d4,d5,d6,d7,d8,d9,d10,d11
      A,01/02/2025,0,1,2,3,4,5,6,,0,3,6
      B,01/02/2025,7,1,2,3,4,5,6,0,0,3,6
    `)
    const { rows, faults } = await load(file(text), forms(dialog))
    expect(rows('assessment_record')).toMatchObject([{ items: '1,2,3,4,5,6,7,,1,4,7' }])
    expect(faults()).toEqual(['3 answer_out_of_range'])
  })
})

describe('dates', () => {
  it('a column may write them otherwise than the file does, whatever the operator says of the file', async () => {
    const text = 'Client ID,Completed,g1,g2,g3,g4,g5,g6,g7\nA,02/03/2025,0,1,2,3,0,1,2\n'
    const us = forms(GAD, '{ column: Completed, date_order: mdy }')
    for (const declared of [null, 'dmy', 'ymd'] as const) {
      const { rows } = await load(file(text), us, { context: { date_order: declared } })
      expect(rows('assessment_record')).toMatchObject([{ assessed_date: '2025-02-03' }])
    }
    expect((await load(file(text), forms(GAD))).rows('assessment_record')).toMatchObject([
      { assessed_date: '2025-03-02' },
    ])
  })
})

describe('records that an export holds but that say nothing', () => {
  const rules = `keep_when:
  - { column: Status, in: [Complete, ''], code: unfinished, expected: a form that was completed }
  - { column: [Channel, Route], not_in: [preview], optional: true, code: a_preview, expected: an answer of a person }`
  const record = (status: string, route: string) => `A${status}${route},01/02/2025,${status},${route},0,1,2,3,0,1,2`

  it('the first rule that a record breaks says why it is held back', async () => {
    const heading = 'Client ID,Completed,Status,Route,g1,g2,g3,g4,g5,g6,g7'
    const records = [
      record('complete', 'web'),
      record('', ''),
      record('draft', 'web'),
      record('draft', 'Preview'),
      record('Complete', 'PREVIEW'),
    ]
    const { report, faults } = await load(file([heading, ...records].join('\n')), forms(GAD, 'Completed', rules))
    expect(faults()).toEqual(['4 unfinished', '5 unfinished', '6 a_preview'])
    expect(report.loaded).toBe(2)
  })

  it('a rule of a column that the file need not have keeps everything without it', async () => {
    const text = 'Client ID,Completed,Status,g1,g2,g3,g4,g5,g6,g7\nA,01/02/2025,,0,1,2,3,0,1,2\n'
    expect((await load(file(text), forms(GAD, 'Completed', rules))).report.loaded).toBe(1)
  })

  it('a rule that does not say which to keep is no rule', () => {
    const neither = 'keep_when: { column: Status, code: unfinished, expected: something }'
    expect(() => forms(GAD, 'Completed', neither)).toThrow(/give one of "in", "not_in" and "is"/)
  })
})
