import { remedy } from '../src/ingest/issues.ts'
import { qualityRule } from '../src/store/quality-rules.ts'

/** What was found, in a few words, for the data-quality page. What to do about it: `remedy` in src/ingest/issues.ts. */
export const ISSUE_WORDS: Readonly<Record<string, string>> = {
  not_a_date: 'A date that does not exist, or is written another way',
  two_digit_year: 'A year of two digits',
  date_is_a_placeholder: 'A placeholder instead of a date',
  date_in_future: 'A date in the future',
  not_an_integer: 'Not a whole number',
  not_a_number: 'Not a number',
  score_out_of_range: 'A score outside the range of the measure',
  answer_out_of_range: 'An answer outside the range of the question',
  number_out_of_range: 'A number outside its range',
  unknown_code: 'A code that is not listed',
  unknown_measure: 'A questionnaire that is not one of the measures',
  snomed_check_digit: 'A SNOMED CT code that was damaged',
  nhs_number_check_digit: 'An NHS number whose check digit is wrong',
  nhs_number_scientific: 'An NHS number damaged by a spreadsheet',
  local_id_scientific: 'An identifier damaged by a spreadsheet',
  missing_person: 'No identifier of the person',
  missing_required: 'A needed cell is blank',
  damaged_text: 'Characters that cannot be read',
  error_cell: 'A spreadsheet error in a cell',
  too_many_cells: 'More cells than headings',
  too_few_cells: 'Fewer cells than headings',
  total_disagrees: 'The total does not agree with the answers',
  discharge_before_referral: 'Left before being referred',
  end_before_start: 'A stay that ends before it starts',
  birth_after_referral: 'Born after being referred',
  first_contact_before_referral: 'Seen before being referred',
  rejected_before_referral: 'Rejected before being referred',
  age_unlikely: 'An unlikely age',
  test_nhs_number: 'An NHS number kept for testing',
  identifier_in_label: 'An identifier where a name of a team or service should be',
  free_text_in_label: 'Free text where a short name should be',
  known_by_name: 'A person known by a name alone',
  free_text_split: 'Free text that runs over several cells',
  other_coding: 'Answers in another coding than the profile reads',
  columns_disagree: 'Two columns for one thing that differ',
  opted_out: 'A person who has opted out (National Data Opt-Out)',
  purged: 'A person who was purged from this store',
  past_retention: 'A record older than this store may keep',
  left_out_by_team: 'A row that its team asked to leave out',
  nothing_to_load: 'Nothing filled in',
  not_completed: 'A questionnaire that was never answered',
  not_json: 'A cell or a line that should hold JSON and does not',
  json_too_deep: 'JSON nested too deeply',
  duplicate_json_key: 'A key that stands twice in one object',
  formula_without_value: 'A formula that was never calculated',
}

export function issueWords(code: string): string {
  return (
    ISSUE_WORDS[code] ??
    qualityRule(code)?.found ??
    `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`
  )
}

/** What the team that sent the rows can do about it. */
export function remedyWords(code: string): string {
  return qualityRule(code)?.remedy ?? remedy(code)
}
