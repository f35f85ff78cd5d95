import { describe, expect, it } from 'vitest'
import { table } from '../table.ts'
import { file, lines, load, profile } from './reading-room.ts'

/** A profile of WSAS and PHQ-2-item-like forms, whose odd parts a test draws. */
function forms(parts: string, rules = '', identity = '{ local_id: Client, provider: X }'): ReturnType<typeof profile> {
  return profile(`
profile: x
title: X
reads: csv
date_order: dmy
${rules}
identity: ${identity}
yields: [{ kind: assessment, assessed_date: On, ${parts} }]
`)
}

const GOALS = 'measure: { constant: gbo }, items: [G1, G2]'

describe('rows below the headings that are no records', () => {
  const rule = 'second_headings: { rows: 2, column: On, starts_with: ["Date of", ""] }'

  it('question texts and import ids are counted as headings, whatever the number of their cells; a record among the first rows is none', async () => {
    const text = lines(`
      Client,On,G1,G2
      ,,A long text, with a comma, about goal one
      A,01/02/2025,4,5
      B,,5,6
    `)
    const { report, rows, faults } = await load(file(text), forms(GOALS, rule))
    expect(report).toMatchObject({ physical_lines: 4, heading_lines: 2, records: 2, loaded: 1 })
    expect(rows('assessment_record')).toMatchObject([{ items: '4,5' }])
    expect(faults()).toEqual(['4 missing_required'])
  })

  it('a file from which someone took them out loses no record', async () => {
    const { report } = await load(file('Client,On,G1,G2\nA,01/02/2025,4,5\n'), forms(GOALS, rule))
    expect(report).toMatchObject({ heading_lines: 1, records: 1, loaded: 1 })
  })

  it('no more rows than the profile says are headings', async () => {
    const text = 'Client,On,G1,G2\n,Date of form,Goal,Goal\n,Date of form,x,y\n,Date of form,4,5\n'
    const { report, faults } = await load(file(text), forms(GOALS, rule))
    expect(report).toMatchObject({ heading_lines: 3, records: 1 })
    expect(faults()).toContain('4 not_a_date')
  })
})

describe('headings that an export repeats', () => {
  const text = 'Client,Complete?,On,G1,G2,Complete?\nA,2,01/02/2025,4,5,2\n'

  it('are left out where the profile says that it does not read them', async () => {
    const { report } = await load(file(text), forms(GOALS, 'repeated_headings: [complete?]'))
    expect(report).toMatchObject({ loaded: 1, columns_left_out: ['Complete?', 'Complete?'] })
  })

  it('refuse the file otherwise, and where the profile would read one of them', async () => {
    await expect(load(file(text), forms(GOALS))).rejects.toThrow(/columns 2 and 6 have the same heading/)
    const reads = forms('measure: { constant: gbo }, items: [Complete?]', 'repeated_headings: [complete?]')
    await expect(load(file(text), reads)).rejects.toThrow(/"Complete\?" is not there/)
  })
})

describe('free text that an export does not put in quotation marks', () => {
  const rule = 'free_text_from: Plan'
  const text = lines(`
    Client,On,G1,G2,Plan,Other plan
    A,01/02/2025,4,5,"go out, call",
    B,01/02/2025,6,7,go out, call, write,rest
    C,01/02/2025,6
    D, the second,01/02/2025,6,7,go out,
  `)

  it('a comma in it makes a cell too many and changes nothing before it; a comma further left is found out', async () => {
    const { rows, faults, doubts } = await load(file(text), forms(GOALS, rule))
    expect(rows('assessment_record').map((row) => row.items)).toEqual(['4,5', '6,7'])
    expect(doubts()).toEqual(['3 free_text_split'])
    expect(faults().sort()).toEqual(['4 too_few_cells', '5 not_a_date', '5 not_a_number'])
  })

  it('where a column beyond it is read, such a record is held back', async () => {
    const reads = forms(`${GOALS}, team: { column: Other plan }`, rule)
    expect((await load(file(text), reads)).faults().sort()).toEqual([
      '3 too_many_cells',
      '4 too_few_cells',
      '5 not_a_date',
      '5 not_a_number',
    ])
  })
})

describe('years of two digits', () => {
  it.each(
    table(`
      on       | from | date
      ---------+------+-----------
      1/2/25   | 2000 | 2025-01-02
      1/2/00   | 2000 | 2000-01-02
      1/2/99   | 1930 | 1999-01-02
      1/2/30   | 1930 | 1930-01-02
      1/2/29   | 1930 |
      1/2/2025 | 2000 | 2025-01-02
    `),
  )('$on, counted from $from, is $date', async ({ on, from, date }) => {
    const reads = profile(`
profile: x
title: X
reads: csv
date_order: mdy
identity: { local_id: Client, provider: X }
yields: [{ kind: person, death_date: { column: On, two_digit_years_from: ${from} } }]
`)
    const { rows } = await load(file(`Client,On\nA,${on}\n`), reads)
    expect(rows('person_record').map((row) => row.death_date)).toEqual(date === null ? [] : [date])
  })
})

describe('a questionnaire that a file need not hold', () => {
  const two = `items: [G1, G2], measure: { constant: gbo }, optional: true }, { kind: assessment, assessed_date: [W on, On], measure: { constant: wsas }, items: { pattern: "W{n}", count: 5 }, optional: true`

  it('is not missed where none of its columns is there, and is where some of them are', async () => {
    const { rows } = await load(file('Client,On,G1,G2\nA,01/02/2025,4,5\n'), forms(two))
    expect(rows('assessment_record').map((row) => row.measure_id)).toEqual(['gbo'])
    await expect(load(file('Client,On,W1,W2\nA,01/02/2025,4,5\n'), forms(two))).rejects.toThrow(/"W3" is not there/)
  })
})

describe('answers in words', () => {
  it('words are turned into their numbers, numbers stand, and a word that is not listed holds the record back', async () => {
    const words =
      'measure: { constant: gad-7 }, items: { pattern: "g{n}", count: 7 }, answers: { Never: 0, Some days: 1 }'
    const text = lines(`
      Client,On,g1,g2,g3,g4,g5,g6,g7
      A,01/02/2025,never,some  days,Never,3,2,1,0
      B,01/02/2025,often,Never,Never,3,2,1,0
    `)
    const { rows, faults } = await load(file(text), forms(words))
    expect(rows('assessment_record')).toMatchObject([{ items: '0,1,0,3,2,1,0' }])
    expect(faults()).toEqual(['3 not_a_number'])
  })
})

describe('an item that does not apply', () => {
  const wsas =
    'measure: { constant: wsas }, items: { pattern: "W{n}", count: 5 }, total: T, not_applicable: { item: 1, column: NA, in: ["1", "true"] }'

  it('the column that says so decides over the digit; a form left blank stays blank; the total of four is not doubted', async () => {
    const text = lines(`
      Client,On,W1,W2,W3,W4,W5,NA,T
      A,01/02/2025,0,1,2,3,4,1,10
      B,01/02/2025,,1,2,3,4,True,10
      C,01/02/2025,7,1,2,3,4,0,17
      D,01/02/2025,,,,,,1,
    `)
    const { rows, faults, doubts } = await load(file(text), forms(wsas))
    expect(rows('assessment_record').map((row) => row.items)).toEqual(['9,1,2,3,4', '9,1,2,3,4', '7,1,2,3,4'])
    expect(faults()).toEqual(['5 nothing_to_load'])
    expect(doubts()).toEqual([])
  })

  it('an instrument with no number for it refuses the profile', async () => {
    const gbo = `${GOALS}, not_applicable: { item: 1, column: NA, in: ["1"] }`
    await expect(load(file('Client,On,G1,G2,NA\nA,01/02/2025,4,5,1\n'), forms(gbo))).rejects.toThrow(
      /item 1 of gbo has no number for "not applicable"/,
    )
  })
})

describe('an answer that only another coding can give', () => {
  const dialog = (minus: number, answer: number) =>
    forms(
      `measure: { constant: dialog }, items: { pattern: "d{n}", count: 11 }, minus: ${minus}, other_coding: { answers: [${answer}], profile: the-other }`,
    )
  const form = (first: string) => `A,01/02/2025,${first},1,2,3,4,5,6,4,3,2,1\nB,01/02/2025,1,1,2,3,4,5,6,4,3,2,1\n`
  const heading = `Client,On,${Array.from({ length: 11 }, (_, n) => `d${n + 1}`).join(',')}\n`

  it.each([
    [-1, 7, '7'],
    [0, 0, '0'],
    [0, 0, '0.0'],
  ])(
    'refuses the whole file, with the profile to use and no answer in the message (minus %s)',
    async (minus, proof, cell) => {
      const loading = load(file(heading + form(cell)), dialog(minus, proof))
      await expect(loading).rejects.toThrow(
        /row 2, column "d1" has an answer that does not occur.*Nothing was loaded.*--profile the-other/,
      )
    },
  )

  it('a file without one is read as the profile says', async () => {
    const { rows } = await load(file(heading + form('6')), dialog(-1, 7))
    expect(rows('assessment_record').map((row) => row.items)).toEqual([
      '7,2,3,4,5,6,7,5,4,3,2',
      '2,2,3,4,5,6,7,5,4,3,2',
    ])
  })
})

describe('people known by a name alone', () => {
  const named = forms(GOALS, '', '{ nhs_number: { column: NHS, optional: true }, person_name: Name, provider: X }')

  it('one spelling of a name is one person, flagged; the name is nowhere in the store', async () => {
    const text = lines(`
      Name,On,G1,G2
      "Quillfeather,  Marigold",01/02/2025,4,5
      "quillfeather, marigold",01/03/2025,5,6
      "Quillfeather, Tobias",01/03/2025,5,6
      ,01/03/2025,5,7
    `)
    const { rows, doubts, faults, store } = await load(file(text), named)
    const people = rows('assessment_record').map((row) => row.local_identity_key)
    expect(people[0]).toBe(people[1])
    expect(people[0]).not.toBe(people[2])
    expect(doubts()).toEqual(['2 known_by_name', '3 known_by_name', '4 known_by_name'])
    expect(faults()).toEqual(['5 missing_person'])
    expect(store.sqlite.serialize().toString('latin1')).not.toMatch(/quillfeather|marigold/i)
  })

  it('where there is an NHS number the name is not used', async () => {
    const { rows, doubts } = await load(file('NHS,Name,On,G1,G2\n9990000018,Ann,01/02/2025,4,5\n'), named)
    expect(doubts()).toEqual(['2 test_nhs_number'])
    expect(rows('assessment_record')).toMatchObject([{ local_identity_key: null }])
  })
})

describe('records of codes that are measures', () => {
  it('keep_when: is: measure keeps codes and names of measures, and holds the rest back under its own code', async () => {
    const codes = profile(`
profile: x
title: X
reads: csv
date_order: dmy
keep_when: { column: Code, is: measure, code: another_code, expected: a code of a measure }
identity: { local_id: Client, provider: X }
yields: [{ kind: coded_score, code: Code, score: Value, assessed_date: On }]
`)
    const text = lines(`
      Client,Code,Value,On
      A,720433000,12,01/02/2025
      A,271649006,120,01/02/2025
      A,,120,01/02/2025
    `)
    const { rows, faults } = await load(file(text), codes)
    expect(rows('assessment_record')).toMatchObject([{ measure_id: 'phq-9', supplied_score: 12 }])
    expect(faults()).toEqual(['3 another_code', '4 another_code'])
  })
})
