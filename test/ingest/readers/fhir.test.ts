import { afterAll, describe, expect, it } from 'vitest'
import { CliRoom } from '../../pipelines/cli-room.ts'
import { onlyDrawn, table } from '../../table.ts'
import { bundled, file, load } from '../reading-room.ts'

const [PATIENT, OBSERVATION, RESPONSE] = ['patient', 'observation', 'questionnaire-response'].map((id) =>
  bundled(`fhir-${id}`),
) as [ReturnType<typeof bundled>, ReturnType<typeof bundled>, ReturnType<typeof bundled>]
const NHS = 'https://fhir.nhs.uk/Id/nhs-number'
const ETHNIC = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory'
const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'

type Body = Record<string, unknown>

const patient = (id: string, nhs: string | null, more: Body = {}): Body => ({
  resourceType: 'Patient',
  id,
  identifier: [
    { system: 'https://trust.example/mrn', value: `mrn-${id}` },
    ...(nhs === null
      ? []
      : [
          { system: NHS, use: 'old', value: '9999999999' },
          { system: NHS, value: nhs },
        ]),
  ],
  name: [{ family: 'Tester', given: ['Besty'] }],
  address: [{ postalCode: 'EX1 1AA' }],
  gender: 'female',
  birthDate: '1980-05-17',
  extension: [{ url: ETHNIC, valueCodeableConcept: { coding: [{ system: 'x', code: 'A' }] } }],
  ...more,
})

const concept = (code: string, system = 'http://snomed.info/sct') => ({ coding: [{ system, code }] })

const observation = (code: unknown, value: Body, more: Body = {}): Body => ({
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code,
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2025-06-01T10:00:00+01:00',
  ...value,
  ...more,
})

const bundle = (...resources: readonly Body[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    link: [{ relation: 'self', url: 'https://x' }],
    entry: resources.map((resource) => ({ fullUrl: `https://x/${resource.resourceType}/${resource.id}`, resource })),
  })

const ndjson = (...resources: readonly Body[]) => resources.map((each) => `${JSON.stringify(each)}\n`).join('')

async function scores(text: string) {
  const { rows, faults, report } = await load(file(text, 'x.json'), OBSERVATION)
  return { rows: rows('assessment_record'), faults: faults(), report }
}

const ONE = observation(concept('720433000'), { valueQuantity: { value: 12, unit: '{score}' } })

describe('a person in the shape of UK Core', () => {
  it('gives the NHS number that is in use, month of birth, gender, ethnic category and date of death; no name, no address', async () => {
    const dead = patient('p2', null, {
      deceasedDateTime: '2025-01-02T03:04:05Z',
      birthDate: '1950-02',
      gender: 'unknown',
    })
    const { rows, report, store } = await load(file(bundle(patient('p1', '9434765919'), dead), 'x.json'), PATIENT)
    const drawing = `
      birth_month | gender     | ethnic_category | death_date
      ------------+------------+-----------------+-----------
      1980-05     | female     | A               |
      1950-02     | not stated | A               | 2025-01-02
    `
    expect(onlyDrawn(rows('person_record'), drawing)).toEqual(table(drawing))
    expect(rows('identity')).toHaveLength(3)
    expect(report).toMatchObject({ sheet: 'Patient', records: 2, loaded: 2, physical_lines: 2 })
    expect(store.sqlite.serialize().toString('latin1')).not.toMatch(/Tester|EX1 1AA|9434765919|mrn-/)
  })

  it('a score finds its person by the address of the entry, by the id, or by an NHS number of its own', async () => {
    const people = JSON.stringify({
      resourceType: 'Bundle',
      entry: [{ fullUrl: 'urn:uuid:7f1c', resource: patient('ignored', '9434765919') }],
    })
    const byUrn = { ...ONE, subject: { reference: 'urn:uuid:7f1c' } }
    const byNumber = { ...ONE, subject: { identifier: { system: NHS, value: '9434765919' } } }
    const first = await load(file(people, 'x.json'), PATIENT)
    const { rows } = await load(file(bundle(byUrn, byNumber), 'y.json'), OBSERVATION, { store: first.store })
    const [person] = rows('person_record')
    const [one, two] = rows('assessment_record')
    expect(one?.local_identity_key).toBe(person?.local_identity_key)
    expect(two?.nhs_identity_key).toBe(person?.nhs_identity_key)
  })
})

describe('scores as observations', () => {
  it('under a SNOMED CT code, under a LOINC total, and component by component', async () => {
    const dialog = observation(concept('1'), {
      component: [
        { code: concept('1037651000000100'), valueInteger: 4 },
        { code: concept('1037661000000102'), valueInteger: 6 },
      ],
    })
    const { rows, faults } = await scores(
      bundle(ONE, observation(concept('44261-6', 'http://loinc.org'), { valueInteger: 20 }), dialog),
    )
    const drawing = `
      row_number | measure_id | assessed_date | supplied_scale | supplied_score
      -----------+------------+---------------+----------------+---------------
      1          | phq-9      | 2025-06-01    | total          | 12
      2          | phq-9      | 2025-06-01    | total          | 20
      3          | dialog     | 2025-06-01    | item_1         | 4
      4          | dialog     | 2025-06-01    | item_2         | 6
    `
    expect(onlyDrawn(rows, drawing)).toEqual(table(drawing))
    expect(faults).toEqual([])
  })

  it.each<[string, Body, string]>([
    ['entered in error', { status: 'entered-in-error' }, '1 withdrawn'],
    ['cancelled', { status: 'cancelled' }, '1 withdrawn'],
    ['still to be confirmed', { status: 'preliminary' }, '1 not_final'],
    ['a code of no measure', { code: concept('8480-6', 'http://loinc.org') }, '1 not_a_score'],
    ['no value', { valueQuantity: undefined }, '1 missing_required'],
    ['a value "under 5"', { valueQuantity: { value: 5, comparator: '<' } }, '1 not_a_number'],
    ['out of range', { valueQuantity: { value: 28 } }, '1 score_out_of_range'],
    ['a date without a day', { effectiveDateTime: '2025-06' }, '1 not_a_date'],
    ['nobody', { subject: undefined }, '1 missing_person'],
  ])('is held back, and counted, when it is %s', async (_name, change, fault) => {
    const { faults, report } = await scores(JSON.stringify({ ...ONE, ...change }))
    expect(faults).toEqual([fault])
    expect(report).toMatchObject({ records: 1, loaded: 0, quarantined: 1 })
  })

  it.each([
    ['one resource', JSON.stringify(ONE, null, 2)],
    ['a bundle', bundle(ONE)],
    ['a list', JSON.stringify([ONE])],
    ['a line each, among other resources', ndjson(patient('p1', null), ONE, { resourceType: 'Encounter', id: 'e' })],
    ['a bundle on a line', `${bundle(ONE)}\n${bundle(patient('p1', null))}\n`],
  ])('are found in %s', async (_name, text) => {
    const { rows, report } = await scores(text)
    expect(rows).toHaveLength(1)
    expect(report).toMatchObject({ sheet: 'Observation', physical_lines: 1, records: 1 })
  })

  it('says what else the file holds, and holds back a broken line', async () => {
    const { report, faults } = await scores(`${ndjson(ONE, patient('p1', null))}{"resourceType":\n`)
    expect(faults).toEqual(['2 not_json'])
    expect(report.notes).toEqual(['The file also holds other resources, not read here: Patient 1.'])
  })
})

describe('filled-in questionnaires', () => {
  const ITEMS = ['44250-9', '44255-8', '44259-0', '44254-1', '44251-7', '44258-2', '44252-5', '44253-3', '44260-8']
  const coded = (code: string, ordinal?: number) => ({
    valueCoding: {
      code,
      ...(ordinal === undefined ? {} : { extension: [{ url: ORDINAL, valueDecimal: ordinal }] }),
    },
  })
  const response = (answers: readonly unknown[], more: Body = {}): Body => ({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    subject: { reference: 'Patient/p1' },
    authored: '2025-06-01T23:30:00Z',
    item: [
      {
        linkId: '/44249-1',
        item: answers.map((answer, i) => ({ linkId: `/44249-1/${ITEMS[i]}`, answer: [answer].flat() })),
      },
    ],
    ...more,
  })
  const read = async (body: Body) => load(file(JSON.stringify(body), 'x.json'), RESPONSE)

  it('reads nested items however the answer is given: as a number, by its own weight, or by its LOINC code', async () => {
    const answers = [
      { valueInteger: 1 },
      { valueDecimal: 2.0 },
      coded('anything', 3),
      coded('LA6568-5'),
      coded('LA6569-3'),
      coded('LA6570-1'),
      coded('LA6571-9'),
      { valueString: '2' },
    ]
    const { rows, faults } = await read(response(answers))
    expect(faults()).toEqual([])
    const drawing = `
      measure_id | assessed_date | items
      -----------+---------------+------------------
      phq-9      | 2025-06-01    | 1,2,3,0,1,2,3,2,
    `
    expect(onlyDrawn(rows('assessment_record'), drawing)).toEqual(table(drawing))
  })

  it.each<[string, Body, string]>([
    ['an answer of an unknown code', response([coded('LA9999-9')]), '1 not_a_number'],
    ['two answers to one item', response([[{ valueInteger: 1 }, { valueInteger: 2 }]]), '1 not_a_number'],
    ['an answer out of range', response([{ valueInteger: 4 }]), '1 answer_out_of_range'],
    ['a form withdrawn', response([{ valueInteger: 1 }], { status: 'entered-in-error' }), '1 withdrawn'],
    ['a form begun', response([{ valueInteger: 1 }], { status: 'in-progress' }), '1 not_completed'],
    [
      'a form of other items',
      response([], { item: [{ linkId: 'x', answer: [{ valueString: 'My name is Besty' }] }] }),
      '1 nothing_to_load',
    ],
  ])('holds back %s', async (_name, body, fault) => {
    expect((await read(body)).faults()).toEqual([fault])
  })
})

describe('FHIR that cannot be read is refused with a sentence', () => {
  it.each([
    ['no resource of the type', bundle(patient('p1', null)), /holds no Observation resource; it holds Patient 1/],
    ['a bundle cut short', bundle(ONE).slice(0, -5), /is not valid JSON/],
  ])('%s', async (_name, text, sentence) => {
    await expect(load(file(text, 'x.json'), OBSERVATION)).rejects.toThrow(sentence)
  })
})

describe('a file of several types of resource', () => {
  const room = new CliRoom()
  afterAll(() => room.leave())
  const text = bundle(patient('p1', '9434765919'), ONE)

  it('is read with a profile for each type, without one being named', async () => {
    room.put('month.json', text)
    const { files } = (await room.json('ingest', 'month.json', '--project', 'p')) as {
      files: Record<string, unknown>[]
    }
    expect(files.map((it) => [it.profile, it.sheet, it.loaded]).sort()).toEqual([
      ['fhir-observation', 'Observation', 1],
      ['fhir-patient', 'Patient', 1],
    ])
  })

  it('is described, and the profiles that read it are named', async () => {
    const { files } = (await room.json('inspect', 'month.json')) as { files: { profiles_that_fit: string[] }[] }
    expect(files.flatMap((it) => it.profiles_that_fit).sort()).toEqual(['fhir-observation', 'fhir-patient'])
  })

  it('is not read again by a run while it has not changed', async () => {
    room.put('q/exports/month.json', text)
    room.put('q/outcomes.yaml', 'project: Q\n')
    const first = await room.type(['run', 'q'])
    expect(first.code, first.err).toBe(0)
    expect((await room.type(['run', 'q'])).err).toMatch(/have not changed since the last run/)
  })
})
