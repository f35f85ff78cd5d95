import { FEWEST_POINTS, movingRanges, xmrLimits } from './xmr-limits.ts'
import { type RuleHit, xmrHits } from './xmr-rules.ts'
import {
  type Better,
  type Meaning,
  XMR_RULES,
  type XmrChart,
  type XmrFlag,
  type XmrInput,
  type XmrOptions,
  type XmrPoint,
  type XmrSegment,
} from './xmr-types.ts'

/**
 * Individuals chart (XmR) by the rules of NHS England’s Making Data Count: mean ± 2.66 × mean moving range, no screening unless
 * asked for, each flagged point with its reasons, limits on trial below 13 points. Periods are in order, one a row.
 */
export function xmrChart(series: readonly XmrInput[], options: XmrOptions): XmrChart {
  const parts = split(series, options.rebase_at ?? []).map((rows, at) => segmentOf(rows, at + 1, options))
  const segments = parts.map((part) => part.segment)
  const points = parts.flatMap((part) => part.points)
  return {
    n_points: segments.reduce((total, it) => total + it.n_points, 0),
    n_gaps: segments.reduce((total, it) => total + it.n_gaps, 0),
    points,
    segments,
    ...variation(points, segments.at(-1)),
    target: options.target ?? null,
    ...assurance(segments.at(-1), options),
  }
}

function split(series: readonly XmrInput[], starts: readonly string[]): XmrInput[][] {
  const segments: XmrInput[][] = []
  for (const row of series) {
    const last = segments.at(-1)
    if (last === undefined || starts.includes(row.period)) segments.push([row])
    else last.push(row)
  }
  return segments
}

function segmentOf(rows: readonly XmrInput[], segment: number, { better, screen = false }: XmrOptions) {
  const values = rows.map((row) => row.value)
  const limits = xmrLimits(values, screen)
  const known = rows.flatMap(({ value }, at) =>
    value === null ? [] : [{ value, is_after_gap: at > 0 && values[at - 1] === null }],
  )
  const hits = hitsOf(known, limits)
  const ranges = movingRanges(values)
  let nth = 0
  const points: XmrPoint[] = rows.map(({ period, value }, at) => ({
    period,
    value,
    moving_range: ranges[at] ?? null,
    segment,
    flags: value === null ? [] : flagsOf(hits[nth++] ?? [], better, limits.limits === 'trial'),
  }))
  return { points, segment: { ...spanOf(rows, segment), ...limits } }
}

function spanOf(rows: readonly XmrInput[], segment: number) {
  const n_gaps = rows.filter((row) => row.value === null).length
  const [from = { period: '' }] = rows
  return { segment, from: from.period, to: (rows.at(-1) ?? from).period, n_points: rows.length - n_gaps, n_gaps }
}

function hitsOf(points: Parameters<typeof xmrHits>[0], limits: ReturnType<typeof xmrLimits>): RuleHit[][] {
  const { mean, lower_limit, upper_limit } = limits
  if (mean === null || lower_limit === null || upper_limit === null || limits.reason === 'no_variation') return []
  return xmrHits(points, { mean, lower_limit, upper_limit })
}

function flagsOf(hits: readonly RuleHit[], better: Better | null, isTrial: boolean): XmrFlag[] {
  return hits
    .map((hit) => ({ rule: hit.rule, side: hit.side, meaning: meaningOf(hit, better), words: wordsOf(hit, isTrial) }))
    .sort((a, b) => XMR_RULES.indexOf(a.rule) - XMR_RULES.indexOf(b.rule))
}

function meaningOf({ side }: RuleHit, better: Better | null): Meaning {
  if (better === null) return 'neutral'
  return (better === 'higher') === (side === 'high') ? 'improvement' : 'concern'
}

function wordsOf({ rule, side, spans_gap }: RuleHit, isTrial: boolean): string {
  const isHigh = side === 'high'
  const words = {
    outside_limits: isHigh ? 'above the upper limit' : 'below the lower limit',
    trend: `one of 7 or more points in a row ${isHigh ? 'rising' : 'falling'}`,
    two_of_three: `one of 2 points in 3 close to the ${isHigh ? 'upper' : 'lower'} limit`,
    shift: `one of 7 or more points in a row ${isHigh ? 'above' : 'below'} the mean`,
  }[rule]
  return `${words}${spans_gap ? ', counted over a missing period' : ''}${isTrial ? ' (trial limits)' : ''}`
}

/** By the newest point. Where one point holds improvement and concern, improvement is shown, as by NHS England. */
function variation(points: readonly XmrPoint[], last: XmrSegment | undefined) {
  const newest = points.findLast((point) => point.value !== null)
  const reason = withoutVerdict(last)
  if (newest === undefined || reason !== null)
    return { variation: null, variation_reason: reason ?? 'no_points' } as const
  const meanings = newest.flags.map((flag) => flag.meaning)
  const [first] = meanings
  const said = meanings.includes('improvement') ? 'improvement' : (first ?? 'common_cause')
  return { variation: said, variation_reason: null } as const
}

function assurance(last: XmrSegment | undefined, { target = null, better }: XmrOptions) {
  const absent = target === null ? 'no_target' : better === null ? 'no_direction' : withoutVerdict(last)
  if (absent !== null) return { assurance: null, assurance_reason: absent } as const
  const { lower_limit, upper_limit } = last as XmrSegment & { lower_limit: number; upper_limit: number }
  const [worst, best] = better === 'higher' ? [lower_limit, upper_limit] : [-upper_limit, -lower_limit]
  const wanted = better === 'higher' ? (target as number) : -(target as number)
  const said = worst >= wanted ? 'pass' : best < wanted ? 'fail' : 'inconsistent'
  return { assurance: said, assurance_reason: null } as const
}

function withoutVerdict(last: XmrSegment | undefined) {
  if (last === undefined || last.n_points === 0) return 'no_points'
  if (last.n_points < FEWEST_POINTS) return 'fewer_than_13_points'
  return last.limits === 'none' ? 'no_limits' : null
}
