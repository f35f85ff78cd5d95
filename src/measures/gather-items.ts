import type { AssessmentRecordRow } from './assessment-rows.ts'
import { scale } from './define.ts'
import type { Measure, Scale } from './measure.ts'
import type { PartForm } from './part-forms.ts'

/** The scale of one item of a measure that gives its items none of their own: `item_3`. Null for any other name. */
export function unscoredItem({ items, better }: Measure, scale_id: string | null): Scale | null {
  const item = items[Number(/^item_(\d{1,2})$/.exec(scale_id ?? '')?.[1]) - 1]
  if (item === undefined || scale_id === null) return null
  const { min, max, item_id } = item
  return scale({ scale_id, label: scale_id, min, max, better, rule: 'item', items: [item_id] })
}

/** Answers that came one record each, as the form they are of: the first one's record, with all of them in order. */
export function gatheredForm(measure: Measure, form: PartForm): AssessmentRecordRow {
  const byItem = new Map(form.map(({ scale: { items }, record }) => [items[0] as string, record.supplied_score]))
  const required = measure.items.filter(({ item_id, is_optional }) => !is_optional || byItem.has(item_id))
  const items = required.map(({ item_id }) => String(byItem.get(item_id) ?? '')).join(',')
  return { ...form[0].record, items, supplied_scale: null, supplied_score: null }
}
