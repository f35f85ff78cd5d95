import type { MeasureId } from '../../measures/measure.ts'

/** An instrument's names and short forms in a heading's words, and what keeps a heading from being one of them. */
const NAMES: readonly { measure: MeasureId; named: RegExp; unless?: RegExp }[] = [
  { measure: 'reqol-10', named: /\b(reqol|rqol|recovering quality)\b/, unless: /\breqol (20|ui)\b/ },
  { measure: 'reqol-20', named: /\b(reqol|rqol|recovering quality)\b/, unless: /\breqol (10|ui)\b/ },
  {
    measure: 'core-10',
    named: /\bcore( ten)?\b|\bclinical outcomes in routine\b/,
    unless: /\bcore (om|34|18|sf|ld|6|5)\b|\byp core\b/,
  },
  { measure: 'phq-9', named: /\bphq\b|\bpatient health q/, unless: /\bphq (2|4|8|15|adolescent)\b/ },
  { measure: 'gad-7', named: /\bgad\b|\bgen[a-z]* anxiety\b/, unless: /\bgad 2\b/ },
  { measure: 'pcl-5', named: /\bpcl\b|\bptsd checklist\b/, unless: /\bpcl (c|m|s)\b/ },
  { measure: 'itq', named: /\bitq\b|\binternational trauma\b/ },
  { measure: 'dialog', named: /\bdialog\b/ },
  { measure: 'wsas', named: /\bwsas\b|\bw (and )?sas\b|\bwork (and )?social adj/ },
  { measure: 'gbo', named: /\b(gbo|goals?)\b/ },
]

/** Instruments that this product does not score: a heading that names one is never taken for another. */
const OTHERS =
  /\b(honos|honosca|hads|core (om|34|18|6|5)|yp core|phq (2|4|8|15)|gad 2|s?wemwbs|qpr|eq 5 d|eq vas|madrs|bdi|bai|ies r|oci|spin|pswq|mini cex|cgas|sdq|rcads|ors|srs|panss|epds|audit|dudit|mmse|moca|k 10|scl 90|bsi|manasa|mansa|pcl (c|m|s)|reqol ui)\b/

/** The instruments that a heading's words may name; more than one where the words fit several. */
export function measuresNamed(words: string): readonly MeasureId[] {
  return NAMES.filter(({ named, unless }) => named.test(words) && unless?.test(words) !== true).map(
    ({ measure }) => measure,
  )
}

export function namesAnother(words: string): boolean {
  return OTHERS.test(words)
}
