import { beforeAll, describe, expect, it } from 'vitest'
import { drawn, type NationalStore, nationalStore } from './national-room.ts'

describe('Talking Therapies v2.1', () => {
  let iapt: NationalStore
  beforeAll(async () => {
    iapt = await nationalStore('talking-therapies', [
      'IDS001MPI.csv',
      'IDS101Referral.csv',
      'IDS201CareContact.csv',
      'IDS202CareActivity.csv',
      'IDS606CodedScoreAssessmentRefer.csv',
      'IDS607CodedScoreAssessmentAct.csv',
    ])
  })

  it('every row of every table is accounted for', () => {
    expect(iapt.account()).toBe(
      drawn(`
        IDS001MPI.csv                       | talking-therapies-patient      | 2  | 2  | -
        IDS101Referral.csv                  | talking-therapies-referral     | 2  | 2  | -
        IDS201CareContact.csv               | talking-therapies-care-contact | 3  | 3  | -
        IDS202CareActivity.csv              | mhsds-care-activity            | 2  | 2  | -
        IDS606CodedScoreAssessmentRefer.csv | talking-therapies-coded-scores | 3  | 3  | -
        IDS607CodedScoreAssessmentAct.csv   | mhsds-activity-scores          | 11 | 11 | -
      `),
    )
  })

  it('the first and last scores and the flags that were worked out nationally are left out, by name', () => {
    const left_out = iapt.loads.get('IDS101Referral.csv')?.report.columns_left_out
    expect(left_out).toEqual(
      expect.arrayContaining(['PHQ9_FirstScore', 'PHQ9_LastScore', 'GAD_FirstScore', 'Recovery_Flag']),
    )
  })

  it('PHQ-9 and GAD-7 of the referral, and WSAS by its items of the contact: a 9 for work is no answer, and the total is of four', () => {
    expect(
      iapt.drawing(`select person_key, measure_id, scale_id, assessed_date, score, score_status from int_scores_placed
        where scale_id in ('total', 'item_1') order by assessed_day, measure_id, scale_id`),
    ).toBe(
      drawn(`
        Cat | gad-7 | total  | 2025-01-20 | 15 | scored
        Cat | phq-9 | total  | 2025-01-20 | 18 | scored
        Cat | wsas  | item_1 | 2025-01-20 | 6  | scored
        Cat | wsas  | total  | 2025-01-20 | 20 | scored
        Cat | phq-9 | total  | 2025-04-07 | 7  | scored
        Cat | wsas  | item_1 | 2025-04-07 | 9  | sentinel
        Cat | wsas  | total  | 2025-04-07 | 4  | scored
      `),
    )
    expect(iapt.drawing('select measure_id, row_number, undated_reason from int_assessments_undated')).toBe(
      'phq-9 | 12 | no_care_activity',
    )
  })
})
