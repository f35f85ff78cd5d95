import type { Measure } from './measure.ts'

/** How many forms left out the item at a position; 1 is the first. */
export interface MissingItemCount {
  readonly position: number
  readonly n_missing: number
}

/**
 * Counts, for each item that a measure needs, the forms that lack its answer. items: the answers as stored, parted by commas.
 * Optional items may be left out, and are not counted.
 */
export function countMissingItems(
  measure: Measure,
  forms: readonly { readonly items: string; readonly n_forms: number }[],
): MissingItemCount[] {
  const split = forms.map(({ items, n_forms }) => ({ answers: items.split(','), n_forms }))
  return measure.items.flatMap(({ is_optional }, index) => {
    if (is_optional) return []
    const lacking = split.filter(({ answers }) => (answers[index] ?? '').trim() === '')
    return [{ position: index + 1, n_missing: lacking.reduce((sum, { n_forms }) => sum + n_forms, 0) }]
  })
}
