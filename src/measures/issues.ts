/** A fault in one form's answers. It never carries the answer itself. */
export type Issue =
  | { readonly code: 'answer_not_a_number'; readonly item_id: string }
  | { readonly code: 'answer_not_whole'; readonly item_id: string }
  | { readonly code: 'answer_out_of_range'; readonly item_id: string; readonly min: number; readonly max: number }
  | { readonly code: 'wrong_number_of_answers'; readonly expected: number; readonly found: number }
  | { readonly code: 'cells_do_not_fit_headings' }
  | { readonly code: 'raw_coding_unknown' }

/** One sentence per issue, without the answer: it may identify a person. */
export function message(issue: Issue): string {
  switch (issue.code) {
    case 'answer_not_a_number':
      return `${issue.item_id} is not a number written in digits`
    case 'answer_not_whole':
      return `${issue.item_id} is not a whole number`
    case 'answer_out_of_range':
      return `${issue.item_id} is outside ${issue.min}-${issue.max}`
    case 'wrong_number_of_answers':
      return `${issue.expected} answers were expected and ${issue.found} were found`
    case 'cells_do_not_fit_headings':
      return 'the line has more or fewer cells than the heading line'
    case 'raw_coding_unknown':
      return 'which items are reversed in raw coding is not known for this measure: supply scored digits'
  }
}
