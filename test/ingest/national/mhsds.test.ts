import { beforeAll, describe, expect, it } from 'vitest'
import { drawn, type NationalStore, nationalStore } from './national-room.ts'

const FILES = [
  'MHS001MPI_2025-07.csv',
  'MHS101Referral_2025-06_first.csv',
  'MHS101Referral_2025-06_again.csv',
  'MHS101Referral_2025-07.csv',
  'MHS102OtherServiceType_2025-07.csv',
  'MHS201CareContact_2025-06.csv',
  'MHS201CareContact_2025-07.csv',
  'MHS202CareActivity_2025-07.csv',
  'MHS204IndirectActivity_2025-07.csv',
  'MHS302MHDropInContact_2025-07.csv',
  'MHS401MHActPeriod_2025-07.csv',
  'MHS501HospProvSpell_2025-07.csv',
  'MHS502WardStay_2025-07.csv',
  'MHS606CodedScoreAssessmentRefer_2025-07.csv',
  'MHS607CodedScoreAssessmentAct_2025-07.csv',
  'MHS608AnonSelfAssess_2025-07.csv',
]

const SCORES = `select person_key, measure_id, assessed_date, score from int_scores_placed
  where scale_id = 'total' order by assessed_day, assessment_id`

describe('MHSDS v6: June, June sent again, and July', () => {
  let mhsds: NationalStore
  beforeAll(async () => {
    mhsds = await nationalStore('mhsds', FILES)
  })

  it('every row of every table is accounted for', () => {
    expect(mhsds.account()).toBe(
      drawn(`
        MHS001MPI_2025-07.csv                       | mhsds-mpi               | 4 | 4 | -
        MHS101Referral_2025-06_first.csv            | mhsds-referral          | 2 | 2 | -
        MHS101Referral_2025-06_again.csv            | mhsds-referral          | 2 | 2 | -
        MHS101Referral_2025-07.csv                  | mhsds-referral          | 3 | 3 | -
        MHS102OtherServiceType_2025-07.csv          | mhsds-referral-team     | 4 | 4 | -
        MHS201CareContact_2025-06.csv               | mhsds-care-contact      | 3 | 3 | -
        MHS201CareContact_2025-07.csv               | mhsds-care-contact      | 4 | 4 | -
        MHS202CareActivity_2025-07.csv              | mhsds-care-activity     | 4 | 4 | -
        MHS204IndirectActivity_2025-07.csv          | mhsds-indirect-activity | 3 | 3 | -
        MHS302MHDropInContact_2025-07.csv           | mhsds-crisis-line       | 3 | 2 | missing_person 1
        MHS401MHActPeriod_2025-07.csv               | mhsds-mental-health-act | 5 | 3 | not_section_136 1, section_135 1
        MHS501HospProvSpell_2025-07.csv             | mhsds-hospital-spell    | 3 | 3 | -
        MHS502WardStay_2025-07.csv                  | mhsds-ward-stay         | 2 | 2 | -
        MHS606CodedScoreAssessmentRefer_2025-07.csv | mhsds-coded-scores      | 5 | 4 | unknown_measure 1
        MHS607CodedScoreAssessmentAct_2025-07.csv   | mhsds-activity-scores   | 6 | 6 | -
        MHS608AnonSelfAssess_2025-07.csv            | mhsds-anonymous-scores  | 3 | 3 | -
      `),
    )
  })

  it('of a person sent monthly, each fact is the last submission’s', () => {
    expect(
      mhsds.drawing('select person_key, birth_month, ethnic_category, death_day is not null as died from persons'),
    ).toBe(
      drawn(`
        Ann | 1990-05 | A | 1
        Ben | 1984-11 | C | 0
      `),
    )
  })

  it('a referral that the second June submission no longer sends is gone; one that July closes is closed; teams say who turned it down', () => {
    expect(
      mhsds.drawing(`select person_key, referral_date, discharge_date, team_type, rejected_date
        from int_referrals_resolved order by referral_day`),
    ).toBe(
      drawn(`
        Ann | 2025-05-20 | 2025-07-28 | A06 | -
        Ben | 2025-06-03 | -          | A06 | -
        Ben | 2025-07-01 | -          | A02 | 2025-07-03
      `),
    )
  })

  it('a contact sent in June and July counts once, on the day July gives; work without the person is apart, once per time of day', () => {
    expect(
      mhsds.drawing(`select contact_record.contact_date, int_contacts_placed.person_key, int_contacts_placed.attendance,
          int_contacts_placed.mode, is_direct
        from int_contacts_placed join contact_record on contact_record.contact_id = int_contacts_placed.contact_id
        order by contact_date, int_contacts_placed.contact_id`),
    ).toBe(
      drawn(`
        2025-06-11 | Ann | attended       | face_to_face | 1
        2025-06-12 | Ben | did_not_attend | telephone    | 0
        2025-06-24 | Ann | attended       | video        | 1
        2025-06-30 | Ann | indirect       | -            | 0
        2025-06-30 | Ann | indirect       | -            | 0
        2025-07-10 | Ben | attended       | face_to_face | 1
        2025-07-22 | Ann | attended       | face_to_face | 1
        2025-07-24 | Ben | attended       | telephone    | 1
      `),
    )
    expect(mhsds.drawing('select person_key, n_contacts, n_attended_contacts from episodes order by start_day')).toBe(
      drawn(`
        Ann | 3 | 3
        Ben | 3 | 2
      `),
    )
  })

  it('scores of contacts (607) get the contact’s day and person; of a score in several submissions the latest stands', () => {
    expect(mhsds.drawing(SCORES)).toBe(
      drawn(`
        Ann | phq-9 | 2025-06-03 | 15
        Ann | gad-7 | 2025-06-11 | 13
        Ben | phq-9 | 2025-06-12 | 13
        Ben | gad-7 | 2025-07-10 | 9
        Ann | gad-7 | 2025-07-22 | 5
      `),
    )
  })

  it('a score whose activity or contact was not sent is counted as one without a date, by row and reason, and scored nowhere', () => {
    expect(
      mhsds.drawing(`select file_name, row_number, measure_id, undated_reason from int_assessments_undated
        join import_file on import_file.file_id = int_assessments_undated.file_id order by row_number`),
    ).toBe(
      drawn(`
        MHS607CodedScoreAssessmentAct_2025-07.csv | 6 | gad-7 | no_contact
        MHS607CodedScoreAssessmentAct_2025-07.csv | 7 | gad-7 | no_care_activity
      `),
    )
    expect(mhsds.drawing(`select rule_code, row_number from dq_findings where rule_code = 'score_without_date'`)).toBe(
      drawn(`
        score_without_date | 6
        score_without_date | 7
      `),
    )
  })

  it('section 136 once per legal status episode, stays by spell and not again by ward, crisis calls of known callers', () => {
    expect(
      mhsds.drawing(`select int_events_resolved.person_key, int_events_resolved.event_type, start_date,
          int_events_resolved.end_day - int_events_resolved.start_day as nights
        from int_events_resolved join service_event on service_event.event_id = int_events_resolved.event_id
        order by start_date`),
    ).toBe(
      drawn(`
        Ann | admission_mental_health | 2025-03-02 | 18
        Ann | s136                    | 2025-04-02 | -
        Ben | admission_mental_health | 2025-04-10 | 0
        Ben | s136                    | 2025-05-09 | -
        Ann | crisis_line             | 2025-06-01 | -
        Ben | crisis_line             | 2025-06-03 | -
      `),
    )
  })

  it('anonymous scores are counted by measure and month, and nothing of them is kept but that', () => {
    expect(
      mhsds.drawing(
        'select category, period_date, sum(count_value) as n from aggregate_count group by 1, 2 order by 2',
      ),
    ).toBe(
      drawn(`
        phq-9 | 2025-06-01 | 2
        gad-7 | 2025-07-01 | 1
      `),
    )
  })
})

it('MHSDS v4-v5 names: attendance, mechanism, teams, 607 through 202, and cluster scores by the cluster’s day', async () => {
  const v5 = await nationalStore('mhsds/v5', [
    'MHS101Referral.csv',
    'MHS102ServiceTypeReferredTo.csv',
    'MHS201CareContact.csv',
    'MHS202CareActivity.csv',
    'MHS607CodedScoreAssessmentAct.csv',
    'MHS801ClusterTool.csv',
    'MHS802ClusterAssess.csv',
  ])
  expect(v5.account()).toBe(
    drawn(`
      MHS101Referral.csv                | mhsds-referral        | 2 | 2 | -
      MHS102ServiceTypeReferredTo.csv   | mhsds-referral-team   | 2 | 2 | -
      MHS201CareContact.csv             | mhsds-care-contact    | 2 | 2 | -
      MHS202CareActivity.csv            | mhsds-care-activity   | 2 | 2 | -
      MHS607CodedScoreAssessmentAct.csv | mhsds-activity-scores | 2 | 2 | -
      MHS801ClusterTool.csv             | mhsds-cluster-tool    | 1 | 1 | -
      MHS802ClusterAssess.csv           | mhsds-cluster-scores  | 2 | 2 | -
    `),
  )
  expect(v5.drawing(SCORES)).toBe(
    drawn(`
      person 1 | phq-9 | 2023-01-20 | 20
      person 1 | gad-7 | 2023-02-01 | 12
      person 1 | phq-9 | 2023-03-20 | 10
    `),
  )
  expect(v5.drawing('select measure_id, undated_reason from int_assessments_undated')).toBe('gad-7 | no_cluster')
  expect(v5.drawing('select referral_date, team_type, rejected_date from int_referrals_resolved order by 1')).toBe(
    drawn(`
      2023-01-10 | A06 | -
      2023-01-11 | A06 | 2023-01-13
    `),
  )
  expect(v5.drawing('select mode from int_contacts_placed order by contact_day')).toBe('face_to_face\nvideo')
})

describe('an ICB feed, with national ids, old and new names side by side, and two providers', () => {
  let feed: NationalStore
  beforeAll(async () => {
    feed = await nationalStore('icb-feed', [
      'MHS001MPI.csv',
      'MHS101Referral.csv',
      'MHS201CareContact.csv',
      'MHS502WardStay.csv',
      'MHS606_with_marks.csv',
      'MHS607CodedScoreAssessmentAct.csv',
    ])
  })

  it('a row marked as no longer the latest is held back and counted', () => {
    expect(feed.account()).toBe(
      drawn(`
        MHS001MPI.csv                     | mhsds-national-mpi             | 2 | 2 | -
        MHS101Referral.csv                | mhsds-national-referral        | 5 | 5 | -
        MHS201CareContact.csv             | mhsds-national-care-contact    | 3 | 3 | -
        MHS502WardStay.csv                | mhsds-national-ward-stay       | 2 | 2 | -
        MHS606_with_marks.csv             | mhsds-national-coded-scores    | 2 | 1 | superseded_submission 1
        MHS607CodedScoreAssessmentAct.csv | mhsds-national-activity-scores | 2 | 2 | -
      `),
    )
  })

  it('referral 7 of two providers is two; of one taken up twice the later stands; each referral of an anonymous service is a person', () => {
    expect(
      feed.drawing('select person_key, referral_date, discharge_date from int_referrals_resolved order by 2, 1'),
    ).toBe(
      drawn(`
        person 1 | 2025-05-20 | 2025-07-20
        person 3 | 2025-06-01 | -
        person 5 | 2025-06-02 | -
        person 6 | 2025-06-02 | -
      `),
    )
  })

  it('a contact of 2021 is read under its old names, one of 2025 under its new ones', () => {
    expect(feed.drawing('select person_key, attendance, mode from int_contacts_placed order by contact_day')).toBe(
      drawn(`
        person 1 | attended | video
        person 1 | attended | face_to_face
        person 3 | attended | telephone
      `),
    )
  })

  it('scores find their contact with no table of activities; ward stays make up the spell that was not sent', () => {
    expect(feed.drawing(SCORES)).toBe(
      drawn(`
        person 1 | phq-9 | 2025-06-01 | 18
        person 1 | phq-9 | 2025-06-20 | 17
        person 3 | phq-9 | 2025-06-21 | 8
      `),
    )
    expect(feed.drawing('select person_key, event_type, end_day - start_day as nights from int_events_resolved')).toBe(
      'person 1 | admission_mental_health | 14',
    )
  })
})
