import { inSentence } from './text.ts'

/** The short name that a measure's full name ends with, `(ReQoL-10)`; the full name where there is none. */
export function shortMeasureName(name: string): string {
  return /\(([^()]+)\)$/.exec(name)?.[1] ?? name
}

/** A scale as a chart labels it: the measure's name alone for its total, else measure and scale, each said once. */
export function scaleWords(measureName: string, scaleId: string, scaleLabel: string): string {
  if (scaleId === 'total') return measureName
  if (/^item_/.test(scaleId)) return scaleLabel
  const scale = scaleLabel.replace(/ \([^()]*\)$/, '').replace(new RegExp(`^${measureName}[ :]*`), '')
  return `${measureName}: ${inSentence(scale)}`
}

/** A domain by its own name: `DIALOG 3: job situation` is `Job situation`. */
export function domainWords(scaleLabel: string): string {
  const domain = scaleLabel.replace(/^[^:]*: */, '')
  return domain.charAt(0).toUpperCase() + domain.slice(1)
}
