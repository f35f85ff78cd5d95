/** held_back: the row is not loaded. flagged: loaded, and listed. set_aside: loaded, listed, and its score in no pair of our own rule. */
export const TREATMENTS = ['held_back', 'flagged', 'set_aside'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** One rule of cross-checking, between the cells of a row, between rows, or between files. */
export interface QualityRule {
  readonly code: string
  /** What was found, in a few words. */
  readonly found: string
  readonly treatment: Treatment
  /** What that does to the numbers. */
  readonly consequence: string
  readonly remedy: string
}

const SEND_AGAIN = 'Correct it in the system it came from, export again and read the new file.'
const HELD_BACK = 'The row is in no number until it is put right.'
const IN_NO_PAIR = 'The score is in no pair until it is put right.'

/** Every cross-check that is made, and what becomes of a row that fails it. sql/intermediate/dq_*.sql hold those between rows. */
export const QUALITY_RULES: readonly QualityRule[] = [
  {
    code: 'date_in_future',
    found: 'A date in the future',
    treatment: 'held_back',
    consequence: HELD_BACK,
    remedy: SEND_AGAIN,
  },
  {
    code: 'discharge_before_referral',
    found: 'Left before being referred',
    treatment: 'held_back',
    consequence: HELD_BACK,
    remedy: SEND_AGAIN,
  },
  {
    code: 'birth_after_referral',
    found: 'Born after being referred',
    treatment: 'held_back',
    consequence: HELD_BACK,
    remedy: SEND_AGAIN,
  },
  {
    code: 'end_before_start',
    found: 'A stay that ends before it starts',
    treatment: 'held_back',
    consequence: HELD_BACK,
    remedy: SEND_AGAIN,
  },
  {
    code: 'first_contact_before_referral',
    found: 'Seen before being referred, as the referral itself records it',
    treatment: 'flagged',
    consequence: 'The referral counts as it is.',
    remedy: SEND_AGAIN,
  },
  {
    code: 'rejected_before_referral',
    found: 'Rejected before being referred',
    treatment: 'flagged',
    consequence: 'The referral counts as rejected.',
    remedy: SEND_AGAIN,
  },
  {
    code: 'total_disagrees',
    found: 'The total does not agree with the answers',
    treatment: 'flagged',
    consequence: 'The total that the answers give is used, not the one supplied.',
    remedy: 'Look at the paper form: correct the answer or the total, whichever is wrong.',
  },
  {
    code: 'score_after_death',
    found: 'A score dated after the person’s death',
    treatment: 'set_aside',
    consequence: IN_NO_PAIR,
    remedy: 'Check the date of the form, the date of death, and that the form is in the right person’s record.',
  },
  {
    code: 'score_before_birth',
    found: 'A score dated before the person’s month of birth',
    treatment: 'set_aside',
    consequence: IN_NO_PAIR,
    remedy: 'Check the date of the form, the date of birth, and that the form is in the right person’s record.',
  },
  {
    code: 'two_scores_same_day',
    found: 'Two different scores of one person, measure and day',
    treatment: 'set_aside',
    consequence:
      'Both are kept and neither is in a pair, as it is not known which is right. Equal scores count as they are.',
    remedy: 'Look at the forms: correct the date of one, or take the wrong one out.',
  },
  {
    code: 'team_coding_differs',
    found: 'A team that never gives the highest answer (or never the lowest), unlike the others',
    treatment: 'set_aside',
    consequence:
      'The team’s scores of this measure are in no pair: a scale of 1 to 7 may have been coded 0 to 6, or one of 0 to 4 as 1 to 5.',
    remedy:
      'Ask the team what its numbers stand for. Export again with the right ones, state the shift in the profile, or list the team under confirmed_codings in outcomes.yaml.',
  },
  {
    code: 'score_outside_episode',
    found: 'A score from a time when the person was not with the service',
    treatment: 'flagged',
    consequence: 'No episode takes the score, so it is in no pair.',
    remedy: 'Check the date of the form, and whether the referral it belongs to is in the export.',
  },
  {
    code: 'score_without_person',
    found: 'A score whose person is not known',
    treatment: 'flagged',
    consequence: 'No episode takes the score, so it is in no pair.',
    remedy: 'Supply the referrals of the same system: the score names one that is in no file.',
  },
  {
    code: 'score_without_date',
    found: 'A score whose date is in a table that was not loaded',
    treatment: 'flagged',
    consequence: 'The score is counted and not used.',
    remedy:
      'Supply the contacts and activities (or cluster assessments) of the same months: the score names one that is in no file.',
  },
  {
    code: 'contact_before_referral',
    found: 'An attended contact before the referral',
    treatment: 'flagged',
    consequence: 'The contact counts as it is.',
    remedy: 'Check the date of the contact, and whether an earlier referral is missing from the export.',
  },
  {
    code: 'contact_after_discharge',
    found: 'An attended contact after leaving',
    treatment: 'flagged',
    consequence: 'The contact counts where it names its referral; otherwise no episode takes it.',
    remedy: 'Check the date of leaving, and whether a later referral is missing from the export.',
  },
  {
    code: 'contact_after_death',
    found: 'An attended contact after the person’s death',
    treatment: 'flagged',
    consequence: 'The contact counts as it is.',
    remedy: 'Check both dates. A talk with the family belongs in no attended contact of the person.',
  },
  {
    code: 'overlapping_stays',
    found: 'A stay in hospital that begins before an earlier one has ended',
    treatment: 'flagged',
    consequence: 'Both count as admissions; days that stays of one type share count once.',
    remedy: 'Look for a discharge that was not recorded, or a transfer entered as a second admission.',
  },
  {
    code: 'birth_dates_differ',
    found: 'One person with dates of birth in different months',
    treatment: 'flagged',
    consequence: 'The last one read is used for age.',
    remedy: 'Find out which is right; two people may share one record.',
  },
  {
    code: 'local_id_with_two_nhs_numbers',
    found: 'One local identifier with two NHS numbers',
    treatment: 'flagged',
    consequence: 'The local identifier is joined to neither number, so that nobody gets a stranger’s records.',
    remedy: 'Find out whose the identifier is, and correct the other record.',
  },
  {
    code: 'sheet_full',
    found: 'A sheet that is exactly full',
    treatment: 'flagged',
    consequence:
      'It is loaded, but an old spreadsheet ends at 65,536 rows and a new one at 1,048,576: rows may have been cut off.',
    remedy: 'Export again as CSV, and compare the number of rows with the system it came from.',
  },
]

const BY_CODE = new Map(QUALITY_RULES.map((rule) => [rule.code, rule]))

/** The rule of a code; undefined for a fault or doubt that concerns a single cell. */
export function qualityRule(code: string): QualityRule | undefined {
  return BY_CODE.get(code)
}
