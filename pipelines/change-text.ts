import type { ChangeAnalyses, ChangeAnalysis } from '../src/change/analyse-change.ts'
import type { Share } from '../src/change/change-result.ts'
import type { ChangeThresholds } from '../src/change/threshold-types.ts'
import { because, intervalText, numberText, pText, sections } from './analysis-text.ts'

/** What `outcomes analyse change` prints for people: the rules first, then the numbers. */
export function changeText(document: ChangeAnalyses): string {
  return [
    ...ruleLines(document.thresholds),
    document.boundaries,
    ...document.warnings.map((it) => `Note: ${it}`),
    '',
    ...sections(document, changeLines),
    ...familyLines(document),
  ].join('\n')
}

function ruleLines({ reliable_change: change, reliable_change_reason, cutoff }: ChangeThresholds): string[] {
  const points = change.points === null ? '' : `, ${numberText(change.points)} points`
  const rule = `Reliable change: ${change.name}${points} (${change.origin}; ${change.source}${status(change.status)})`
  return [
    reliable_change_reason === null ? rule : `Reliable change: not counted (${reliable_change_reason})`,
    cutoff === null
      ? 'Cut-off: none'
      : `Cut-off: ${cutoff.kind === 'score' ? '' : `${cutoff.kind}, `}${numberText(cutoff.value)} (${cutoff.origin}; ${cutoff.source}${status(cutoff.status)})`,
  ]
}

function status(it: string | null): string {
  return it === null ? '' : `, ${it}`
}

function changeLines(it: ChangeAnalysis): string[] {
  const counts = it.counts === null ? `not counted (${it.counts_reason})` : said(it.counts)
  return [
    `  people ${it.n}, with both scores ${it.n_complete}`,
    `  mean ${numberText(it.mean_pre)} to ${numberText(it.mean_post)}, change ${numberText(it.mean_change)} (95% ${intervalText(it.ci95)}), p ${pText(it.p)}`,
    `  dz ${numberText(it.dz)}, d_pre ${numberText(it.d_pre)}, d_av ${numberText(it.d_av)}, Hedges g ${numberText(it.hedges_g)}${because(it.reason)}`,
    `  median shift ${numberText(it.hodges_lehmann.estimate)} (95% ${intervalText(it.hodges_lehmann.ci95)}), Wilcoxon p ${pText(it.wilcoxon.p)}${because(it.wilcoxon.reason)}`,
    `  reliable change ${numberText(it.reliable_change_points)}, cut-off ${numberText(it.cutoff)}: ${counts}`,
    ...outcomeLines(it),
    ...caseLines(it),
  ]
}

function outcomeLines({ outcomes }: ChangeAnalysis): string[] {
  if (outcomes === null) return []
  const { shares, room, n_not_classified } = outcomes
  return [
    `  reliably improved ${share(shares.any_improved)}; reliably deteriorated ${share(shares.any_deteriorated)}`,
    ...(shares.recovered_of_all === null || shares.recovered_of_cases_at_start === null
      ? []
      : [
          `  recovered ${share(shares.recovered_of_all)}; of cases at first ${share(shares.recovered_of_cases_at_start)}`,
        ]),
    ...(room === null
      ? []
      : [
          `  could not improve reliably ${room.n_could_not_improve}; improved of those who could ${share(room.improved_of_those_who_could)}`,
        ]),
    ...(n_not_classified === 0 ? [] : [`  not classified ${n_not_classified}`]),
  ]
}

function caseLines({ case_change: it }: ChangeAnalysis): string[] {
  if (it === null) return []
  const points = it.newcombe_ci95?.map((end) => 100 * end) ?? null
  const difference = it.difference === null ? null : 100 * it.difference
  return [
    `  cases ${it.n_case_pre} to ${it.n_case_post} of ${it.n}, ${numberText(difference)} percentage points (95% ${intervalText(points)}), McNemar mid-p ${pText(it.p)}${because(it.reason)}`,
  ]
}

function familyLines({ groups }: ChangeAnalyses): string[] {
  if (groups.filter((it) => it.p_holm !== null).length < 2) return []
  return ['', `Holm over groups: ${groups.map((it) => `${it.group} p ${pText(it.p_holm)}`).join(', ')}`]
}

function share({ count, n, proportion, ci95 }: Share): string {
  if (proportion === null || ci95 === null) return `${count} of ${n}`
  const [low, high] = ci95.map((end) => Math.round(100 * end))
  return `${count} of ${n}, ${Math.round(100 * proportion)}% (95% ${low} to ${high})`
}

function said(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value ?? '-'}`)
    .join(', ')
}
