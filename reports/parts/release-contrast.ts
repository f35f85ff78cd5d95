import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type {
  Contrast,
  ContrastReason,
  DifferenceInDifferences,
  GroupUse,
} from '../../src/usage/difference-in-differences.ts'
import type { Analysis, UsageAnalysis } from '../analysis.ts'
import { tooFew } from './release-usage.ts'
import { withheldParts } from './withheld-parts.ts'
import { withheldTypes } from './withheld-types.ts'

/** An estimate and its interval. */
export interface ReleasedEstimate {
  readonly estimate: Released
  readonly low: Released
  readonly high: Released
}

export interface ReleasedGroup {
  readonly n: Released
  readonly events_before: Released
  readonly events_after: Released
  readonly ratio: Released
}

export interface ReleasedContrast {
  readonly service: ReleasedGroup
  readonly comparator: ReleasedGroup
  readonly ratio_of_ratios: ReleasedEstimate
  readonly rate_difference: ReleasedEstimate
  readonly cost_difference: ReleasedEstimate
}

const REASONS: Readonly<Record<ContrastReason, ReleasedText>> = {
  fewer_than_20_people: say`fewer than 20 people in one of the two`,
  a_rate_is_nought: say`no events on one side`,
  undefined_in_resamples: say`too few events for an interval`,
  no_variation: say`no spread between people`,
  not_costed: say`no unit cost`,
}

/**
 * Which of both comparisons are withheld. Everybody: where either service’s own use is, or so few people are in both services that the
 * comparator less them would tell. The matched: where those left over are too few, since everybody less the matched is a figure about them. The
 * balance: also where those without everything recorded are too few.
 */
export function withheldContrasts(
  gate: Gate,
  { usage: all }: Pick<Analysis, 'usage'>,
  usage: UsageAnalysis,
): { readonly unadjusted: boolean; readonly adjusted: boolean; readonly balance: boolean } {
  const found = usage.comparison?.found ?? null
  if (found === null) return { unadjusted: true, adjusted: true, balance: true }
  const other = all.find((it) => it.service.code === usage.comparison?.with.code)
  const ofBoth = [usage, ...(other === undefined ? [] : [other])]
  const isPartTold = (part: number, whole: number) =>
    withheldParts(gate, [part, whole - part], 'statistic').includes(true)
  const { service, comparator } = found.unadjusted
  const unadjusted =
    ofBoth.some((it) => withheldTypes(gate, it).has(found.usage_id)) ||
    isPartTold(comparator.n, comparator.n + found.n_in_both)
  const { n_pairs, n_service, n_comparator } = found.matching
  const adjusted = unadjusted || [service.n, comparator.n].some((n) => isPartTold(n_pairs, n))
  const isRestTold = [
    [service.n, n_service],
    [comparator.n, n_comparator],
  ].some(([n = 0, complete = 0]) => isPartTold(complete, n) || isPartTold(n_pairs, complete))
  return { unadjusted, adjusted, balance: adjusted || isRestTold }
}

/** Every estimate rests on the events of four sides: shown only where all four are. */
export function releaseContrast(gate: Gate, it: DifferenceInDifferences, isWithheld: boolean): ReleasedContrast {
  const [service, comparator] = [it.service, it.comparator].map((group) => releaseGroup(gate, group, isWithheld)) as [
    ReleasedGroup,
    ReleasedGroup,
  ]
  const behind = [service, comparator].flatMap((group) => [group.events_before, group.events_after])
  const n = Math.min(it.service.n, it.comparator.n)
  const estimate = (contrast: Contrast, unit?: 'gbp'): ReleasedEstimate => {
    const reason = REASONS[contrast.reason ?? 'undefined_in_resamples']
    const of = (value: number | null | undefined) => {
      const scaled = value == null ? null : unit === 'gbp' ? value / 100 : value
      const format = unit === 'gbp' ? { unit } : { decimals: 2 }
      const released = isWithheld ? tooFew(gate) : gate.statistic(scaled, { n, reason, ...format })
      return behind.some((each) => each.is_suppressed) ? tooFew(gate) : released
    }
    return { estimate: of(contrast.estimate), low: of(contrast.ci95?.[0]), high: of(contrast.ci95?.[1]) }
  }
  return {
    service,
    comparator,
    ratio_of_ratios: estimate(it.ratio_of_ratios),
    rate_difference: estimate(it.rate_difference),
    cost_difference: estimate(it.cost_difference, 'gbp'),
  }
}

function releaseGroup(gate: Gate, it: GroupUse, isWithheld: boolean): ReleasedGroup {
  const count = (n: number, people: number) => (isWithheld ? tooFew(gate) : gate.count(n, { people }))
  const events_before = count(it.events_before, it.n_users_before)
  const events_after = count(it.events_after, it.n_users_after)
  const ratio = gate.statistic(it.ratio, { n: it.n, decimals: 2, reason: say`none before` })
  return {
    n: isWithheld ? tooFew(gate) : gate.count(it.n),
    events_before,
    events_after,
    ratio: gate.derive([events_before, events_after, ratio], (_before, _after, value) => value, { decimals: 2 }),
  }
}
