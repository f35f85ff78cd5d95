import { WITHHELD } from '../domain/withheld.ts'

/** A fault (the record is held back) or a doubt (the record is loaded and flagged). It never carries a cell's value. */
export type Issue =
  | { code: PlainCode; column: string | null }
  | { code: 'not_a_date'; column: string; written: string }
  | { code: 'date_in_future'; column: string; today: string }
  | { code: 'not_an_integer' | 'not_a_number'; column: string; min: number | null; max: number | null }
  | {
      code: 'score_out_of_range' | 'answer_out_of_range' | 'number_out_of_range'
      column: string
      min: number
      max: number
    }
  | { code: 'unknown_code'; column: string; known: readonly string[] }
  | { code: 'too_many_cells' | 'too_few_cells'; column: null; cells: number; headings: number }
  | { code: 'total_disagrees'; column: string; scale: string }
  | { code: 'other_coding'; column: string; profile: string }
  /** Set by a profile's keep_when, in the profile's own words. */
  | { code: 'not_kept'; column: string; rule: string; expected: string }

/** What each plain code expects, and what to do about it. */
const PLAIN = {
  two_digit_year: 'a year written with four digits',
  date_is_a_placeholder: 'a real date, or a blank cell where it is not known',
  unknown_measure: 'a measure that this product holds (see "outcomes measures")',
  snomed_check_digit: 'a SNOMED CT code whose check digit holds; Excel keeps 15 digits and zeroes the rest',
  nhs_number_check_digit: 'a 10-digit NHS number that passes the modulus 11 check, or a blank cell',
  nhs_number_scientific:
    'an NHS number as 10 digits, not in scientific notation; format the column as text before saving',
  local_id_scientific: 'an identifier as text, not in scientific notation; format the column as text before saving',
  missing_person: 'an identifier of the person',
  missing_required: 'a value',
  error_cell: 'a value, not a spreadsheet error',
  damaged_text: 'characters that can be read',
  not_json: 'a JSON text in the shape that the profile describes',
  json_too_deep: 'at most 64 objects and lists inside each other',
  duplicate_json_key: 'each key once in an object',
  formula_without_value: 'a value beside the formula; open the workbook, let it calculate, and save it',
  discharge_before_referral: 'a discharge on or after the referral date',
  end_before_start: 'an end on or after the start',
  birth_after_referral: 'a date of birth before the referral date',
  first_contact_before_referral: 'a first contact on or after the referral date',
  rejected_before_referral: 'a rejection on or after the referral date',
  age_unlikely: 'an age at referral up to 110',
  test_nhs_number: 'an NHS number of a real person; numbers beginning 999 are for testing',
  identifier_in_label: 'a name of a team, service or code, with no NHS number, postcode or e-mail address in it',
  free_text_in_label: 'a short name or code, not a sentence',
  known_by_name: 'an NHS number or a number of the service; two people of one name count as one',
  free_text_split:
    'free text inside quotation marks; its commas made cells too many, and the columns before it were read',
  columns_disagree: 'the same under each of the headings that the profile lists for one thing; the first was read',
  ...WITHHELD,
  left_out_by_team: 'a row that its team did not ask to leave out',
  nothing_to_load: 'at least one filled cell among the columns that are read',
} as const

export type PlainCode = keyof typeof PLAIN

const WITH_FACTS: Readonly<Record<Exclude<Issue['code'], PlainCode | 'not_kept'>, true>> = {
  not_a_date: true,
  date_in_future: true,
  not_an_integer: true,
  not_a_number: true,
  score_out_of_range: true,
  answer_out_of_range: true,
  number_out_of_range: true,
  unknown_code: true,
  too_many_cells: true,
  too_few_cells: true,
  total_disagrees: true,
  other_coding: true,
}

/** Every code that this product gives. A profile's `keep_when` may give others. */
export const ISSUE_CODES: readonly string[] = [...Object.keys(WITH_FACTS), ...Object.keys(PLAIN)]

/** The code an issue is stored and counted under. */
export function codeOf(issue: Issue): string {
  return issue.code === 'not_kept' ? issue.rule : issue.code
}

/** What would have been right, as a noun phrase. */
export function expected(issue: Issue): string {
  switch (issue.code) {
    case 'not_a_date':
      return `a date written ${issue.written}`
    case 'date_in_future':
      return `a date up to ${issue.today}`
    case 'not_an_integer':
      return `a whole number${between(issue)}`
    case 'not_a_number':
      return `a number in plain digits${between(issue)}`
    case 'score_out_of_range':
      return `a score${between(issue)}`
    case 'answer_out_of_range':
      return `an answer${between(issue)}`
    case 'number_out_of_range':
      return `a number${between(issue)}`
    case 'unknown_code':
      return issue.known.length === 0 ? 'a code that is listed' : `one of: ${issue.known.join(', ')}`
    case 'too_many_cells':
    case 'too_few_cells':
      return `${issue.headings} cells, as in the heading; the row has ${issue.cells}`
    case 'total_disagrees':
      return `the ${issue.scale} that the answers give`
    case 'other_coding':
      return `an answer in the coding that the profile reads; for the other coding there is ${issue.profile}`
    case 'not_kept':
      return issue.expected
    default:
      return PLAIN[issue.code]
  }
}

/** One sentence. Never the cell's value: it may identify a person. */
export function message(issue: Issue): string {
  return issue.column === null ? `expected ${expected(issue)}` : `${issue.column}: expected ${expected(issue)}`
}

function between({ min, max }: { min: number | null; max: number | null }): string {
  if (min === null && max === null) return ''
  if (max === null) return ` from ${min} up`
  return ` from ${min} to ${max}`
}

const REMEDIES: Readonly<Record<string, string>> = {
  columns_disagree: 'Ask which of the two is right; if it is always the other, put that heading first in the profile.',
  opted_out: 'Nothing: the person has opted out. Leave their records out of the next export, if you can.',
  purged: 'Nothing: the person was purged. Take their records out of the exports as well.',
  past_retention: 'Nothing: the record is older than this store may keep. Leave it out of the next export.',
  left_out_by_team: 'Nothing: the team has said that the row is to be left out.',
  not_a_date: 'Write it as expected; if the whole file is written another way, declare the order (--date-order).',
  not_completed: 'Nothing, if the questionnaire was never answered.',
  nothing_to_load: 'Nothing, if the row is meant to be empty.',
  unknown_measure: 'Nothing, if this questionnaire is not evaluated; otherwise correct its name or code.',
  too_many_cells: 'Look for a comma or a line break that is not inside quotation marks; export with quotation marks.',
  too_few_cells: 'Look for a line break that is not inside quotation marks; check that the export was not cut short.',
  nhs_number_scientific: 'Export again with the column as text: the last digits of the number are lost.',
  local_id_scientific: 'Export again with the column as text: the last digits of the identifier are lost.',
  snomed_check_digit: 'Export again with the column as text: a spreadsheet has changed the code.',
  unknown_code: 'Correct the code, or add it to the profile.',
  identifier_in_label: 'Take the identifier out of the name in the clinical system.',
  free_text_in_label: 'Use the short name or code; leave the text in the clinical system.',
  known_by_name: 'Add a column with the NHS number to the export, or see that no two people in it have one name.',
  free_text_split: 'Nothing: the free text is not read.',
  other_coding: 'Read the file with the profile for the other coding.',
  damaged_text: 'Export the file again: bytes of it were changed on the way.',
  error_cell: 'Put the formula right in the spreadsheet.',
  formula_without_value: 'Open the workbook in Excel, let it calculate, save it, and read it again.',
  duplicate_json_key: 'Ask for an export in which each key stands once in a record.',
}

/** What the team that sent the row can do about it. */
export function remedy(code: string): string {
  return REMEDIES[code] ?? 'Correct it in the system it came from, export again and read the new file.'
}
