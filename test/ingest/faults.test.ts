import { describe, expect, it } from 'vitest'
import { file, lines, load, profile } from './reading-room.ts'

const FORMS = profile(`
profile: forms
title: Forms
reads: csv
date_order: dmy
blanks: ['NULL', 'not known']
identity: { nhs_number: NHS, local_id: { column: ID, optional: true }, provider: RTQ }
yields:
  - kind: referral
    team: Team
    referral_date: Referred
    first_contact_date: Seen
    discharge_date: Left
    birth_date: Born
  - kind: assessment
    measure: { constant: phq-9 }
    assessed_date: Done
    items: { pattern: 'Q{n}', count: 9 }
    total: Total
`)

/** A sound row; every test spoils one thing in it. 9990000085 is a number of the test range, whose check digit holds. */
const SOUND: Readonly<Record<string, string>> = {
  NHS: '943 476 5919',
  Team: 'OATS',
  Referred: '01/02/2025',
  Seen: '10/02/2025',
  Left: '01/10/2025',
  Born: '05/06/1990',
  Done: '11/02/2025',
  ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`Q${i + 1}`, '2'])),
  Total: '18',
}

function csv(changes: Readonly<Record<string, string>> = {}): string {
  const row = { ...SOUND, ...changes }
  return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
}

const ALL_BLANK = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`Q${i + 1}`, '']))

describe('a row is loaded, or held back with every fault named', () => {
  it('loads the sound row: two tables, age at referral, no date of birth', async () => {
    const { report, rows, doubts } = await load(file(csv()), FORMS)
    expect(report).toMatchObject({ records: 1, loaded: 1, quarantined: 0 })
    expect(doubts()).toEqual([])
    expect(rows('referral_record')).toMatchObject([
      {
        team: 'OATS',
        service_code: 'oats',
        referral_date: '2025-02-01',
        discharge_date: '2025-10-01',
        age_at_referral: 34,
      },
    ])
    const [assessment] = rows('assessment_record')
    expect(assessment).toMatchObject({
      measure_id: 'phq-9',
      items: '2,2,2,2,2,2,2,2,2',
      supplied_scale: 'total',
      supplied_score: 18,
    })
    expect(assessment?.referral_ref).toBe(rows('referral_record')[0]?.referral_ref)
  })

  it.each([
    ['an impossible date', { Referred: '31/02/2025' }, 'not_a_date'],
    ['a month-first date', { Done: '02/13/2025' }, 'not_a_date'],
    ['a two-digit year', { Done: '11/02/25' }, 'two_digit_year'],
    ['a date after today', { Done: '01/04/2026' }, 'date_in_future'],
    ['a placeholder date', { Born: '01/01/1900' }, 'date_is_a_placeholder'],
    ['a discharge before the referral', { Left: '31/01/2025' }, 'discharge_before_referral'],
    ['a birth after the referral', { Born: '02/02/2025' }, 'birth_after_referral'],
    ['an answer off the range', { Q3: '4' }, 'answer_out_of_range'],
    ['an answer in words', { Q3: 'often' }, 'not_a_number'],
    ['half an answer', { Q3: '1.5' }, 'not_an_integer'],
    ['an exponent', { Q3: '1e0' }, 'not_a_number'],
    ['a hexadecimal answer', { Q3: '0x2' }, 'not_a_number'],
    ['a full-width digit', { Q3: '２' }, 'not_a_number'],
    ['a total off the scale', { Total: '28' }, 'score_out_of_range'],
    ['a negative total', { Total: '-1' }, 'score_out_of_range'],
    ['half a point of a sum', { Total: '8.5' }, 'not_an_integer'],
    ['an NHS number with a wrong check digit', { NHS: '943 476 5918' }, 'nhs_number_check_digit'],
    ['ten digits the same', { NHS: '1111111111' }, 'nhs_number_check_digit'],
    ['an NHS number that Excel has damaged', { NHS: '9.43E+09' }, 'nhs_number_scientific'],
    ['nobody', { NHS: '' }, 'missing_person'],
    ['a form with no date', { Done: ' ' }, 'missing_required'],
    ['a spreadsheet error', { Done: '#REF!' }, 'error_cell'],
    ['an NHS number in a team name', { Team: 'See 943 476 5919' }, 'identifier_in_label'],
    ['a postcode in a team name', { Team: 'Team GL1 2AB' }, 'identifier_in_label'],
    ['an e-mail address in a team name', { Team: 'a.b@nhs.net' }, 'identifier_in_label'],
    ['a sentence in a team name', { Team: 'x'.repeat(101) }, 'free_text_in_label'],
  ])('%s', async (_name, changes, code) => {
    const { report, faults, rows } = await load(file(csv(changes)), FORMS)
    expect(faults()).toEqual([`2 ${code}`])
    expect(report).toMatchObject({ records: 1, loaded: 0, quarantined: 1, issues: { [code]: 1 } })
    expect(rows('referral_record')).toEqual([])
    expect(rows('identity')).toEqual([])
  })

  it.each([
    ['a first contact before the referral', { Seen: '31/01/2025' }, 'first_contact_before_referral'],
    ['a total that the answers do not give', { Total: '17' }, 'total_disagrees'],
    ['a test NHS number', { NHS: '9990000085' }, 'test_nhs_number'],
    ['a person of 111', { Born: '05/06/1913' }, 'age_unlikely'],
  ])('%s is loaded and flagged', async (_name, changes, code) => {
    const { report, doubts } = await load(file(csv(changes)), FORMS)
    expect(report).toMatchObject({ loaded: 1, quarantined: 0, flags: { [code]: 1 } })
    expect(doubts()).toEqual([`2 ${code}`])
  })

  it.each([
    ['texts that mean nothing here', { Left: 'NULL', Seen: 'Not Known' }],
    ['answers written as decimals', { Q1: '2.0' }],
    ['a date with a time', { Referred: '01/02/2025 09:30' }],
    ['an identifier with a space of any kind', { NHS: '943\u00a0476\u00a05919' }],
  ])('%s are no fault', async (_name, changes) => {
    expect((await load(file(csv(changes)), FORMS)).report).toMatchObject({ loaded: 1, quarantined: 0, flags: {} })
  })

  it('names all the faults of a row at once, by column', async () => {
    const { rows } = await load(file(csv({ Referred: '30/02/2025', Q2: '9', Total: '99', NHS: '1' })), FORMS)
    expect(rows('quarantine_row').map((row) => [row.fault_number, row.column_name, row.code, row.expected])).toEqual([
      [1, 'NHS', 'nhs_number_check_digit', 'a 10-digit NHS number that passes the modulus 11 check, or a blank cell'],
      [2, 'Referred', 'not_a_date', 'a date written day/month/year'],
      [3, 'Q2', 'answer_out_of_range', 'an answer from 0 to 3'],
      [4, 'Total', 'score_out_of_range', 'a score from 0 to 27'],
    ])
  })

  it('reads the referral where no form was filled in, and holds back a row with nothing at all in it', async () => {
    const noForm = await load(file(csv({ ...ALL_BLANK, Total: '', Done: '' })), FORMS)
    expect(noForm.rows('assessment_record')).toEqual([])
    expect(noForm.rows('referral_record')).toHaveLength(1)
    const nothing = { Referred: '', Seen: '', Left: '', Born: '', Done: '', ...ALL_BLANK, Total: '' }
    expect((await load(file(csv(nothing)), FORMS)).faults()).toEqual(['2 nothing_to_load'])
  })

  it('holds back rows with too many or too few cells; blank cells beyond the headings are nothing', async () => {
    const [heading, row] = csv().trim().split('\n')
    const text = [heading, `${row},extra`, `${row},,`, row?.replace(',18', '')].join('\n')
    const { report, faults } = await load(file(text), FORMS)
    expect(faults()).toEqual(['2 too_many_cells', '4 too_few_cells'])
    expect(report).toMatchObject({ records: 3, loaded: 1, quarantined: 2 })
  })
})

describe('codes', () => {
  const events = (otherwise: string) =>
    profile(`
profile: calls
title: Calls
reads: csv
date_order: dmy
identity: { local_id: id, provider: RTQ }
yields:
  - kind: event
    event_type: { column: type, codes: { 'CL': crisis_line, 'AE ': ae_unspecified }, otherwise: ${otherwise} }
    start_date: from
    end_date: { column: to, optional: true }
`)
  const calls = lines(`
    id,type,from
    A,cl,01/02/2025
    A, AE,02/02/2025
    A,XX,03/02/2025
  `)

  it('a listed code is read whatever its case; an unlisted one is held back', async () => {
    const { rows, faults } = await load(file(calls), events('quarantine'))
    expect(rows('service_event').map((row) => row.event_type)).toEqual(['crisis_line', 'ae_unspecified'])
    expect(faults()).toEqual(['4 unknown_code'])
  })

  it('where the profile says so, an unlisted code is loaded as unmapped, kept as it came, and flagged', async () => {
    const { rows, doubts } = await load(file(calls), events('flag'))
    expect(rows('service_event').map((row) => [row.event_type, row.source_code])).toEqual([
      ['crisis_line', 'cl'],
      ['ae_unspecified', 'AE'],
      ['unmapped', 'XX'],
    ])
    expect(doubts()).toEqual(['4 unknown_code'])
  })

  it('a stay that ends before it starts is held back; one that ends the same day is not', async () => {
    const text = lines(`
      id,type,from,to
      A,cl,02/02/2025,01/02/2025
      A,cl,02/02/2025,02/02/2025
    `)
    expect((await load(file(text), events('quarantine'))).faults()).toEqual(['2 end_before_start'])
  })
})

describe('scores under SNOMED CT codes', () => {
  const CODED = profile(`
profile: coded
title: Coded scores
reads: csv
date_order: ymd
identity: { local_id: person, provider: RJ8 }
yields:
  - { kind: coded_score, code: code, score: score, assessed_date: on }
`)

  it('finds the scale, keeps DIALOG 8 for the scoring to judge, and tells a damaged code from an unknown one', async () => {
    const text = lines(`
      person,code,score,on
      A,1091071000000100,24.5,2025-01-01
      A,1037671000000109,8,2025-01-01
      A,1037671000000100,4,2025-01-01
      A,1323791000000108,1,2025-01-01
      A,1037671000000109,9,2025-01-01
      A,1037671000000109,,2025-01-01
    `)
    const { rows, faults } = await load(file(text), CODED)
    expect(rows('assessment_record').map((row) => [row.measure_id, row.supplied_scale, row.supplied_score])).toEqual([
      ['reqol-10', 'total', 24.5],
      ['dialog', 'item_3', 8],
    ])
    expect(faults()).toEqual([
      '4 snomed_check_digit',
      '5 unknown_measure',
      '6 score_out_of_range',
      '7 missing_required',
    ])
  })
})

describe('services', () => {
  const PLAIN = profile(`
profile: p
title: P
reads: csv
date_order: ymd
identity: { local_id: id, provider: X }
yields:
  - { kind: referral, service: { column: service, optional: true }, referral_date: on }
`)
  const services = [{ code: 'oats', name: 'Open Access Therapeutic Support' }]
  const text =
    'id,service,on\n1,OATS,2025-01-01\n2,open access  therapeutic support,2025-01-01\n3,Elsewhere,2025-01-01\n4,,2025-01-01\n'

  it('are known by code or by name; an unknown one is held back; a blank one is the file’s own', async () => {
    const { rows, faults } = await load(file(text), PLAIN, { context: { services } })
    expect(rows('referral_record').map((row) => row.service_code)).toEqual(['oats', 'oats', 'oats'])
    expect(faults()).toEqual(['4 unknown_code'])
  })

  it('are taken as they come where the project names none', async () => {
    const { rows } = await load(file(text), PLAIN, { context: { service: null } })
    expect(rows('referral_record').map((row) => row.service_code)).toEqual([
      'oats',
      'open-access-therapeutic-support',
      'elsewhere',
      'this-service',
    ])
  })
})
