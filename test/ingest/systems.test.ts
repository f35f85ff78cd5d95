import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildFromLoaded } from '../../pipelines/derive-store.ts'
import { parseProject } from '../../pipelines/project.ts'
import type { OperatorError } from '../../src/domain/operator-error.ts'
import { isInOtherCoding } from '../../src/ingest/coding-proof.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { openStore } from '../../src/store/open.ts'
import { onlyDrawn, table } from '../table.ts'
import { bundled, type Loaded, load } from './reading-room.ts'

const SHAPES = join(import.meta.dirname, '../../fixtures/real-shapes')

type Store = Loaded['store']

function shape(path: string, profile: string, store: Store = openStore(':memory:')): Promise<Loaded> {
  return load(join(SHAPES, path), bundled(profile), { store })
}

/** The rows of a table, cut down to the columns drawn; a person is written as p1, p2 … in the order of the file. */
function drawn(loaded: Loaded, name: string, drawing: string): void {
  const people: unknown[] = []
  const rows = loaded.rows(name).map((row) => {
    const key = row.nhs_identity_key ?? row.local_identity_key
    if (key !== null && !people.includes(key)) people.push(key)
    return { ...row, person: key === null ? null : `p${people.indexOf(key) + 1}` }
  })
  expect(onlyDrawn(rows, drawing)).toEqual(table(drawing))
}

describe('SystmOne strategic extract', () => {
  it('patients: dates as 04 Mar 1971 00:00:00, rows removed since and test patients held back, names left out', async () => {
    const loaded = await shape('systmone/SRPatient.csv', 'systmone-patient')
    drawn(
      loaded,
      'person_record',
      `
      row_number | birth_month | gender | death_date
      -----------+-------------+--------+-----------
      2          | 1971-03     | female |
      3          | 1988-02     | male   | 2026-02-02
    `,
    )
    expect(loaded.faults()).toEqual(['4 removed_by_system', '5 test_patient'])
    expect(loaded.report.columns_left_out).toEqual(expect.arrayContaining(['FirstName', 'Surname', 'MiddleNames']))
  })

  it('referrals and coded scores meet by the referral number; other codes, removed rows and scores off the scale do not get in', async () => {
    const store = openStore(':memory:')
    const referrals = await shape('systmone/SRReferralIn.csv', 'systmone-referral-in', store)
    drawn(
      referrals,
      'referral_record',
      `
      row_number | referral_date | discharge_date | discharge_reason    | referral_source
      -----------+---------------+----------------+---------------------+----------------
      2          | 2025-04-09    | 2026-03-24     | Completed programme | GP
      3          | 2025-05-19    |                |                     | CMHT
    `,
    )
    expect(referrals.faults()).toEqual(['4 removed_by_system'])
    const codes = await shape('systmone/SRCode.csv', 'systmone-codes', store)
    drawn(
      codes,
      'assessment_record',
      `
      row_number | measure_id | supplied_scale | supplied_score | assessed_date
      -----------+------------+----------------+----------------+--------------
      2          | phq-9      | total          | 17             | 2025-04-10
      4          | phq-9      | total          | 9              | 2025-09-11
      7          | dialog     | item_1         | 5              | 2025-09-12
    `,
    )
    expect(codes.faults().slice(1)).toEqual(['3 another_code', '5 score_out_of_range', '6 removed_by_system'])
    const refs = (name: string) => new Set(codes.rows(name).map((row) => row.referral_ref))
    expect(refs('assessment_record')).toEqual(refs('referral_record'))
  })
})

describe('EMIS', () => {
  it('bulk extract: patients without dummies and deleted rows, consultations as contacts with general practice', async () => {
    const store = openStore(':memory:')
    const patients = await shape('emis/Admin_Patient.csv', 'emis-patient', store)
    drawn(
      patients,
      'person_record',
      `
      row_number | birth_month | gender | death_date
      -----------+-------------+--------+-----------
      2          | 1971-03     | female |
      3          | 1988-02     | male   | 2026-02-02
    `,
    )
    expect(patients.faults()).toEqual(['4 test_patient', '5 deleted_by_system'])
    const visits = await shape('emis/CareRecord_Consultation.csv', 'emis-consultations', store)
    drawn(
      visits,
      'service_event',
      `
      row_number | event_type | start_date
      -----------+------------+-----------
      2          | gp         | 2025-04-10
      3          | gp         | 2025-05-10
    `,
    )
    const [person] = patients.rows('person_record')
    expect(visits.rows('service_event').map((row) => row.local_identity_key)).toEqual(
      Array(2).fill(person?.local_identity_key),
    )
  })

  it('bulk extract: observations are scores where their SNOMED CT code is that of a measure', async () => {
    const loaded = await shape('emis/CareRecord_Observation.csv', 'emis-observations')
    drawn(
      loaded,
      'assessment_record',
      `
      row_number | measure_id | supplied_score | assessed_date
      -----------+------------+----------------+--------------
      2          | phq-9      | 17             | 2025-04-10
      3          | gad-7      | 14             | 2025-04-10
    `,
    )
    expect(loaded.faults()).toEqual(['4 another_code', '5 deleted_by_system', '6 missing_required'])
  })

  it('custom extract: tabs, UK dates, and a quotation mark that is only a character', async () => {
    const loaded = await shape('emis/custom-scores.txt', 'emis-custom-observations')
    drawn(
      loaded,
      'assessment_record',
      `
      row_number | person | measure_id | supplied_score | assessed_date
      -----------+--------+------------+----------------+--------------
      2          | p1     | phq-9      | 17             | 2025-04-10
      3          | p1     | phq-9      | 9              | 2025-11-03
      4          | p2     | gad-7      | 12             | 2025-05-11
    `,
    )
    expect(loaded.report).toMatchObject({ delimiter: '\t', physical_lines: 5, records: 4 })
  })
})

describe('PCMIS', () => {
  it('patients and referrals share the number of the patient', async () => {
    const store = openStore(':memory:')
    const patients = await shape('pcmis/PatientDetails.csv', 'pcmis-patients', store)
    const referrals = await shape('pcmis/ReferralDetails.csv', 'pcmis-referrals', store)
    drawn(
      referrals,
      'referral_record',
      `
      row_number | referral_date | discharge_date | discharge_reason
      -----------+---------------+----------------+--------------------
      2          | 2025-03-01    | 2025-09-30     | Completed treatment
      3          | 2025-04-01    |                |
    `,
    )
    const keys = (name: string) => patients.rows(name).map((row) => row.local_identity_key)
    expect(keys('referral_record')).toEqual(keys('person_record'))
  })

  it('scores name a contact alone: it leads to the case, and the case to the person and the referral', async () => {
    const store = openStore(':memory:')
    await shape('pcmis/CaseAssessmentPHQ9.csv', 'pcmis-table-phq9', store)
    await shape('pcmis/CaseAssessmentGAD7.csv', 'pcmis-table-gad7', store)
    await shape('pcmis/CaseAssessmentWSAS.csv', 'pcmis-table-wsas', store)
    const contacts = await shape('pcmis/CaseContacts.csv', 'pcmis-contacts', store)
    expect(contacts.faults()).toEqual(['5 not_held'])
    await shape('pcmis/ReferralDetails.csv', 'pcmis-referrals', store)
    await shape('pcmis/PatientDetails.csv', 'pcmis-patients', store)
    await buildFromLoaded(store, { ...parseProject('services: [{ code: oats, name: OATS, provider: RTQ }]'), dir: '' })
    const scores = store.sqlite.prepare(`
      select int_assessments_resolved.person_key as person, referral_date, measure_id, assessment_score.assessed_date, score
      from assessment_score
      join int_assessments_resolved using (assessment_id)
      join referral_record using (referral_record_id)
      where scale_id = 'total'
      order by referral_date, measure_id desc, assessment_score.assessed_date`)
    const drawing = `
      person | referral_date | measure_id | assessed_date | score
      -------+---------------+------------+---------------+------
      p1     | 2025-03-01    | wsas       | 2025-03-10    | 20
      p1     | 2025-03-01    | wsas       | 2025-08-10    | 5
      p1     | 2025-03-01    | phq-9      | 2025-03-10    | 13
      p1     | 2025-03-01    | phq-9      | 2025-08-10    | 4
      p1     | 2025-03-01    | gad-7      | 2025-03-10    | 14
      p1     | 2025-03-01    | gad-7      | 2025-08-10    | 4
      p2     | 2025-04-01    | wsas       | 2025-04-10    | 14
      p2     | 2025-04-01    | phq-9      | 2025-04-10    | 21
    `
    const rows = scores.all() as { person: number }[]
    const people = [...new Set(rows.map(({ person }) => person))]
    expect(rows.map((row) => ({ ...row, person: `p${people.indexOf(row.person) + 1}` }))).toEqual(table(drawing))
  })

  it('WSAS: Q1NA sets the work item aside, whatever stands in it, and the total of four items is not doubted', async () => {
    const loaded = await shape('pcmis/wsas-by-case.csv', 'pcmis-wsas')
    drawn(
      loaded,
      'assessment_record',
      `
      row_number | person | items     | supplied_score | assessed_date
      -----------+--------+-----------+----------------+--------------
      2          | p1     | 6,5,4,3,2 | 20             | 2025-03-10
      3          | p2     | 9,5,4,3,2 | 14             | 2025-04-10
    `,
    )
    expect(loaded.doubts()).toEqual([])
  })
})

describe('RiO views', () => {
  it('clients, referrals and a form share the client number', async () => {
    const store = openStore(':memory:')
    const clients = await shape('rio/Client_Demographic_Details.csv', 'rio-clients', store)
    drawn(
      clients,
      'person_record',
      `
      row_number | birth_month | gender | ethnic_category | death_date
      -----------+-------------+--------+-----------------+-----------
      2          | 1971-03     | female | A               |
      3          | 1988-02     | male   | B               | 2026-02-02
    `,
    )
    const referrals = await shape('rio/Referral.csv', 'rio-referrals', store)
    drawn(
      referrals,
      'referral_record',
      `
      row_number | referral_date | discharge_date | team
      -----------+---------------+----------------+-------------
      2          | 2025-03-01    | 2025-10-01     | Pathway team
      3          | 2025-04-01    |                | Pathway team
    `,
    )
    const forms = await shape('rio/ReQoL.csv', 'rio-form-reqol10', store)
    drawn(
      forms,
      'assessment_record',
      `
      row_number | person | items               | supplied_score | assessed_date
      -----------+--------+---------------------+----------------+--------------
      2          | p1     | 1,2,0,1,0,2,1,0,1,1 | 9              | 2025-03-10
      3          | p1     | 3,4,3,3,2,3,4,3,2,3 | 30             | 2025-09-10
      4          | p2     | 2,2,2,2,2,2,2,2,,2  |                | 2025-04-10
    `,
    )
    const keys = (name: string) => [...new Set(forms.rows(name).map((row) => row.local_identity_key))]
    expect(keys('assessment_record')).toEqual(keys('person_record'))
    expect(keys('referral_record')).toEqual(keys('person_record'))
  })
})

describe('DIALOG+ apps', () => {
  // The first record of either file is the same answers: 3 2 1 4 3, partner and family 6, friendships 2, then 5 4 3 4.
  const FORMS = `
      row_number | person | items                 | assessed_date
      -----------+--------+-----------------------+--------------
      3          | p1     | 3,2,1,4,3,2,6,5,4,3,4 | 2025-02-03
      4          | p1     | 5,4,3,5,5,4,7,6,6,,6  | 2025-11-14`

  it('web app: ranks 0-6 become 1-7; items 6 and 7 go by name; commas in unquoted plans change nothing; names are nowhere', async () => {
    const loaded = await shape('dialog-plus/web-app.csv', 'dialog-plus-app-0-6')
    drawn(
      loaded,
      'assessment_record',
      `${FORMS}
      5          | p2     | 2,2,2,2,2,5,3,2,2,2,2 | 2025-02-04
    `,
    )
    expect(loaded.report).toMatchObject({ heading_lines: 2, records: 3, loaded: 3 })
    expect(loaded.doubts()).toEqual(['3 known_by_name', '4 free_text_split', '4 known_by_name', '5 known_by_name'])
    expect(loaded.store.sqlite.serialize().toString('latin1')).not.toMatch(/quillfeather|wrenfield/i)
  })

  it('native app: the same people, days and answers, from ranks 1-7', async () => {
    const loaded = await shape('dialog-plus/native-app.csv', 'dialog-plus-app-1-7')
    drawn(loaded, 'assessment_record', FORMS)
  })

  it('a file in the other coding is refused whole, and the refusal says which profile to use', async () => {
    const refusal = (path: string, profile: string) =>
      shape(path, profile).then(
        () => 'loaded',
        (error: OperatorError) => error.message,
      )
    expect(await refusal('dialog-plus/web-app.csv', 'dialog-plus-app-1-7')).toMatch(
      /row 3, column "Job Situation Rank" .* Nothing was loaded\. Read it with --profile dialog-plus-app-0-6/,
    )
    expect(await refusal('dialog-plus/native-app.csv', 'dialog-plus-app-0-6')).toMatch(
      /has a column "Leisure Activitie Discussed"/,
    )
  })
})

describe('REDCap', () => {
  it('raw: static facts of the first event alone, repeats as forms of their own, what is missing left missing', async () => {
    const loaded = await shape('redcap/raw.csv', 'redcap-raw')
    drawn(
      loaded,
      'person_record',
      `
      row_number | birth_month
      -----------+------------
      2          | 1971-03
      6          | 1988-02
    `,
    )
    drawn(
      loaded,
      'assessment_record',
      `
      row_number | measure_id | assessed_date | items                                   | supplied_score
      -----------+------------+---------------+-----------------------------------------+---------------
      2          | phq-9      | 2025-03-10    | 2,2,3,2,1,2,1,0,0                       | 13
      2          | pcl-5      | 2025-03-10    | 2,2,1,2,1,2,1,2,2,1,2,1,2,1,2,2,1,2,1,2 |
      3          | phq-9      | 2025-09-10    | 1,0,1,1,0,1,0,0,0                       | 4
      4          | gbo        | 2025-03-10    | 2,3,                                    |
      5          | gbo        | 2025-09-10    | 6,5,                                    |
      6          | phq-9      | 2025-04-10    | 3,3,3,,2,3,2,1,1                        |
    `,
    )
    const people = loaded.rows('assessment_record').map((row) => row.local_identity_key)
    expect(people.map((key) => key === people[0])).toEqual([true, true, true, true, true, false])
    expect(loaded.faults()).toEqual(['7 nothing_to_load'])
    expect(loaded.report.columns_left_out).toEqual(expect.arrayContaining(['first_name', 'gender', 'support___1']))
  })

  it('labels: answers in words, a column "Complete?" for every form, and a word that is no answer held back', async () => {
    const loaded = await shape('redcap/labels.csv', 'redcap-labels')
    drawn(
      loaded,
      'assessment_record',
      `
      row_number | measure_id | assessed_date | items             | supplied_score
      -----------+------------+---------------+-------------------+---------------
      2          | phq-9      | 2025-03-10    | 2,2,3,2,1,2,1,0,0 | 13
      3          | phq-9      | 2025-09-10    | 1,0,1,1,0,1,0,0,0 | 4
      4          | gbo        | 2025-03-10    | 2,3,              |
    `,
    )
    expect(loaded.rows('person_record')).toMatchObject([{ gender: 'female' }])
    expect(loaded.faults()).toEqual(['5 not_a_number'])
  })
})

describe('Qualtrics', () => {
  it('three heading rows, US dates of two digits, answers 1-5; previews and spam held back; addresses left out', async () => {
    const loaded = await shape('qualtrics/pcl5-1-to-5.csv', 'qualtrics-pcl5')
    drawn(
      loaded,
      'assessment_record',
      `
      person | assessed_date | items                                   | supplied_score
      -------+---------------+-----------------------------------------+---------------
      p1     | 2025-03-10    | 2,2,1,2,1,2,1,2,2,1,2,1,2,1,2,2,1,2,1,2 | 32
      p1     | 2025-09-12    | 1,1,0,1,0,1,0,1,1,0,1,0,1,0,1,1,0,1,0,1 | 12
      p2     | 2025-03-11    | 4,3,2,1,0,4,3,2,1,0,4,3,2,1,0,4,,,,     |
    `,
    )
    expect(loaded.faults().map((fault) => fault.split(' ')[1])).toEqual(['preview', 'spam'])
    expect(loaded.doubts()).toEqual([])
    expect(loaded.report.columns_left_out).toEqual(
      expect.arrayContaining(['IPAddress', 'LocationLatitude', 'LocationLongitude', 'RecipientEmail']),
    )
  })

  it('two heading rows, ISO dates, answers recoded to 0-4', async () => {
    const loaded = await shape('qualtrics/pcl5-0-to-4.csv', 'qualtrics-pcl5-0-4')
    expect(loaded.rows('assessment_record').map((row) => row.supplied_score)).toEqual([32, 12])
    expect(loaded.doubts()).toEqual([])
  })

  it('the first records show which of the two codings it is, where they can', async () => {
    const isOther = async (path: string, profile: string) =>
      isInOtherCoding(await examineFile(join(SHAPES, path)), bundled(profile).profile)
    expect(await isOther('qualtrics/pcl5-1-to-5.csv', 'qualtrics-pcl5-0-4')).toBe(true)
    expect(await isOther('qualtrics/pcl5-0-to-4.csv', 'qualtrics-pcl5')).toBe(true)
    expect(await isOther('qualtrics/pcl5-1-to-5.csv', 'qualtrics-pcl5')).toBe(false)
    expect(await isOther('qualtrics/pcl5-0-to-4.csv', 'qualtrics-pcl5-0-4')).toBe(false)
  })
})

describe('CamCOPS tables', () => {
  it('PCL-5: rows replaced since are held back; the day is the one that was written, whatever the time zone', async () => {
    const loaded = await shape('camcops/pcl5.tsv', 'camcops-pcl5')
    drawn(
      loaded,
      'assessment_record',
      `
      person | assessed_date | items                                   | supplied_score
      -------+---------------+-----------------------------------------+---------------
      p1     | 2025-03-10    | 2,2,1,2,1,2,1,2,2,1,2,1,2,1,2,2,1,2,1,2 | 32
      p1     | 2025-09-10    | 1,1,0,1,0,1,0,1,1,0,1,0,1,0,1,1,0,1,0,1 | 12
    `,
    )
    expect([loaded.faults(), loaded.doubts()]).toEqual([['4 replaced_by_system'], []])
  })

  it('PHQ-9 without its tenth question, GAD-7, and goals one a row', async () => {
    const store = openStore(':memory:')
    await shape('camcops/phq9.tsv', 'camcops-phq9', store)
    await shape('camcops/gad7.tsv', 'camcops-gad7', store)
    const loaded = await shape('camcops/gbogpc.tsv', 'camcops-goals', store)
    drawn(
      loaded,
      'assessment_record',
      `
      person | measure_id | assessed_date | items             | supplied_scale | supplied_score
      -------+------------+---------------+-------------------+----------------+---------------
      p1     | phq-9      | 2025-03-10    | 2,2,3,2,1,2,1,0,0 | total          | 13
      p1     | phq-9      | 2025-09-10    | 1,0,1,1,0,1,0,0,0 | total          | 4
      p1     | gad-7      | 2025-03-10    | 3,2,3,2,1,1,2     | total          | 14
      p1     | gbo        | 2025-03-10    |                   | goal_1         | 2
      p1     | gbo        | 2025-03-10    |                   | goal_2         | 3
      p1     | gbo        | 2025-09-10    |                   | goal_1         | 6
    `,
    )
    expect(loaded.faults()).toEqual(['5 unknown_code'])
  })
})
