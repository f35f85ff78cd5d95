import type { Evidence, Item, Measure, Scale } from './measure.ts'
import { NHSE_PROMS } from './sources.ts'
import { type ThresholdEntry, thresholdsOf } from './thresholds.ts'

/** A measure as data for a program: everything but the code that works out its flags. A null threshold has its reason beside it. */
export function codebookEntry({ flags, scales, ...measure }: Measure) {
  return {
    ...measure,
    has_algorithm: flags !== undefined,
    scales: scales.map(({ other_thresholds, ...scale }) => ({
      ...scale,
      reliable_change_reason: scale.reliable_change === null ? NO_RELIABLE_CHANGE : null,
      thresholds: thresholdsOf({ ...scale, other_thresholds }),
    })),
  }
}

/** A measure as a page for a clinician, in Markdown. */
export function codebookPage(measure: Measure): string {
  return [
    `## ${measure.name}`,
    '',
    `Id \`${measure.measure_id}\`. ${itemsSentence(measure)} ${codingSentence(measure)}`.trim(),
    '',
    ...itemLines(measure),
    ...list(
      'Not answers',
      measure.sentinels.map((it) => `${it.value} means ${plain(it.means)}${evidence(it)}`),
    ),
    `Missing answers: ${missingSentence(measure)}${evidence(measure.missing)}`,
    '',
    ...list('Scores', [...measure.scales.map(scaleLine), ...measure.category_scales.map(categoryLine)]),
    ...list(
      'Thresholds',
      measure.scales.flatMap((scale) => thresholdsOf(scale).map((it) => thresholdLine(scale, it))),
    ),
    ...list('SNOMED CT codes', measure.scales.flatMap(codeLines)),
    ...list('Notes', measure.notes),
    `Licence: ${measure.licence.terms}${evidence(measure.licence)}`,
  ].join('\n')
}

/** The whole codebook as one page. */
export function codebook(measures: readonly Measure[]): string {
  return [
    '# Measures',
    '',
    'Generated from `src/measures`. No questionnaire wording is given here: ask the licence holder for the form.',
    `The national rule is that of ${NHSE_PROMS}.`,
    '',
    measures.map(codebookPage).join('\n\n'),
    '',
  ].join('\n')
}

const NO_RELIABLE_CHANGE = 'no value was found in a source'

const STATUS_WORDS: Readonly<Record<Evidence['status'], string>> = {
  CONFIRMED: 'confirmed',
  'FROM-MEMORY': 'from memory: ask your clinical lead to confirm',
  UNCONFIRMED: 'not confirmed: ask your clinical lead',
  CONFIGURED: 'set in this project',
}

function evidence({ source, status }: Evidence): string {
  return ` [${STATUS_WORDS[status]}; ${source}]`
}

function itemsSentence({ kind, items }: Measure): string {
  if (kind === 'aggregate') return `Counts of ${items.length} answers, with no person behind them.`
  const required = items.filter(({ is_optional }) => !is_optional)
  const ranges = [...new Set(required.map(({ min, max }) => `${min}-${max}`))]
  return `${required.length} items, each ${ranges.join(' or ')}.`
}

function codingSentence({ needs_coding, reversed }: Measure): string {
  if (!needs_coding) return ''
  if (reversed === null) return 'The feed must hold scored digits: which items are reversed is not known.'
  return `The feed must say whether its digits are scored or raw; raw coding reverses ${reversed.join(', ')}.`
}

function itemLines({ items }: Measure): string[] {
  const themed = items.filter(({ theme }) => theme !== null)
  return themed.length === 0 ? [] : [`Items: ${themed.map(itemLine).join('; ')}.`, '']
}

function itemLine({ item_id, theme, is_optional }: Item): string {
  return `\`${item_id}\` ${theme}${is_optional ? ' (optional)' : ''}`
}

function missingSentence({ missing, kind }: Measure): string {
  if (kind === 'aggregate') return 'every count is needed.'
  if (missing.allowed === 'none') return 'no score unless every item is answered.'
  const how = missing.allowed === 'prorate' ? 'prorated' : 'the mean of those answered'
  const when = missing.is_default ? 'by default' : 'only when asked for; otherwise no score'
  return `up to ${missing.at_most} missing in a scale: ${how}, ${when}.`
}

function scaleLine({ scale_id, label, min, max, better, rule, bands, reliable_change }: Scale): string {
  const grades = bands.map(({ from, severity }) => `${from}+ ${plain(severity)}`)
  return [
    `\`${scale_id}\` ${label}: ${plain(rule)}, ${min} to ${max}, ${better} is better`,
    ...(grades.length === 0 ? [] : [grades.join(', ')]),
    ...(reliable_change === null ? [`no reliable change: ${NO_RELIABLE_CHANGE}`] : []),
  ].join('; ')
}

function categoryLine(scale: Measure['category_scales'][number]): string {
  return `\`${scale.scale_id}\` ${scale.label}: ${scale.categories.join(', ')}${evidence(scale)}`
}

function thresholdLine({ scale_id }: Scale, threshold: ThresholdEntry): string {
  const { kind, value, meaning, is_default } = threshold
  const use = is_default ? '' : ', not used by default'
  return `\`${scale_id}\` ${plain(kind)} ${value} (${meaning}${use})${evidence(threshold)}`
}

function codeLines({ scale_id, codes }: Scale): string[] {
  return codes.map((it) => `${it.code} \`${scale_id}\`, ${it.min} to ${it.max}, ${it.generation}${evidence(it)}`)
}

function list(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${heading}:`, '', ...lines.map((line) => `- ${line}`), '']
}

function plain(word: string): string {
  return word.replaceAll('_', ' ')
}
