import type { AssessmentRecordRow } from './assessment-rows.ts'
import type { Scale } from './measure.ts'

/** A record that holds one item's score. */
export interface PartRecord {
  readonly record: AssessmentRecordRow
  readonly scale: Scale
}

/** Parts of one form, at most one for each item; the first one's record stands for the form. */
export type PartForm = readonly [PartRecord, ...PartRecord[]]

/** Each part goes to the first form of its service that still lacks its item; a second value for every form starts a new one. */
export function gatherPartForms(parts: readonly PartRecord[]): PartForm[] {
  const forms: [PartRecord, ...PartRecord[]][] = []
  for (const part of parts) {
    const form = forms.find((open) => lacks(open, part))
    if (form === undefined) forms.push([part])
    else form.push(part)
  }
  return forms
}

function lacks(form: PartForm, { record, scale }: PartRecord): boolean {
  return (
    form[0].record.service_code === record.service_code && form.every((part) => part.scale.scale_id !== scale.scale_id)
  )
}
