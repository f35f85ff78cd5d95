import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { evidenceWords } from './evidence-words.ts'
import { scaleName } from './outcome-figures.ts'
import {
  type ReleasedCaseChange,
  type ReleasedEstimate,
  releaseEffects,
  releaseLimits,
} from './release-change-detail.ts'
import type { ReleasedOutcome, ReleasedShare } from './release-outcome.ts'
import { estimateCell, intervalCell, join, pValue, table } from './text.ts'

/** A scale that has a cut-off, with its cases before and after. */
export interface Cases {
  readonly it: ReleasedOutcome
  readonly change: ReleasedCaseChange
}

/** Each effect size by its name, beside the change in points. Null where too few have two scores. */
export function effectsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const effects = releaseEffects(
    gate,
    outcomes.map((it) => it.outcome),
  )
  const rows = outcomes.flatMap((it, i) => {
    const effect = effects[i]
    return effect === undefined || !effect.mean.value.is_shown
      ? []
      : [
          {
            label: scaleName(gate, it),
            n: it.paired,
            mean: estimate(effect.mean),
            d_pre: estimate(effect.d_pre),
            d_av: estimate(effect.d_av),
            dz: estimate(effect.dz),
            hedges_g: estimate(effect.hedges_g),
          },
        ]
  })
  if (rows.length === 0) return null
  return table(
    gate,
    'effect-sizes',
    'Effect sizes by name, beside the change in points',
    [
      ['label', 'Measure', 'text'],
      ['n', 'Two scores', 'count'],
      ['mean', 'Mean improvement, points', 'text'],
      ['d_pre', 'd, on first SD', 'text'],
      ['d_av', 'd, on mean of both SDs', 'text'],
      ['dz', 'dz, on SD of change', 'text'],
      ['hedges_g', 'Hedges g (dz corrected)', 'text'],
    ],
    rows,
    [
      say`Each with its 95% interval; positive is better. They divide the same change by different spreads and must not be compared with one another.`,
    ],
  )
}

/** Tests and the median shift; the scales given are one family. */
export function testsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const effects = releaseEffects(
    gate,
    outcomes.map((it) => it.outcome),
  )
  const rows = outcomes.flatMap((it, i) => {
    const effect = effects[i]
    return effect === undefined || !effect.t_p.is_shown
      ? []
      : [
          {
            label: scaleName(gate, it),
            median: estimate(effect.median),
            t_p: pValue(effect.t_p),
            holm_p: pValue(effect.holm_p),
            wilcoxon_p: pValue(effect.wilcoxon_p),
          },
        ]
  })
  if (rows.length === 0) return null
  return table(
    gate,
    'change-tests',
    'Tests, and the change without assuming a normal distribution',
    [
      ['label', 'Measure', 'text'],
      ['median', 'Median shift, points (Hodges–Lehmann)', 'text'],
      ['t_p', 'p, paired t', 'number'],
      ['holm_p', 'p, Holm over these measures', 'number'],
      ['wilcoxon_p', 'p, Wilcoxon', 'number'],
    ],
    rows,
    [say`The measures of this table are one family of tests: judge by Holm’s p, which allows for their number.`],
  )
}

/** Shares of cases before and after, with both intervals and the test. */
export function caseTable(gate: Gate, cases: readonly Cases[]): ReleasedTable | null {
  if (cases.length === 0) return null
  return table(
    gate,
    'case-change',
    'Cases at first and at last, among people with two scores',
    [
      ['label', 'Measure', 'text'],
      ['n', 'Two scores', 'count'],
      ['pre', 'Cases at first', 'percent'],
      ['post', 'Cases at last', 'percent'],
      ['difference', 'Percentage points (95% interval, Newcombe)', 'text'],
      ['tango', '95% interval (Tango)', 'text'],
      ['p', 'McNemar mid-p', 'number'],
    ],
    cases.map(({ it, change }) => ({
      label: scaleName(gate, it),
      n: change.n,
      pre: change.pre.percent,
      post: change.post.percent,
      difference: estimateCell(change.difference, change.newcombe_low, change.newcombe_high),
      tango: intervalCell(change.tango_low, change.tango_high),
      p: pValue(change.p),
    })),
    [
      say`A case is, for ${join(
        cases.map(({ it }) => cutoffWords(gate, it)),
        '; ',
      )}. Negative is fewer cases. Crossing the cut-off is not recovery: that takes a reliable improvement as well.`,
      ...(gate.policy.is_internal ? [] : [say`All is worked out from the rounded counts, the test too.`]),
    ],
  )
}

/** `ReQoL-10, a score below 25 (confirmed)`. */
function cutoffWords(gate: Gate, it: ReleasedOutcome): ReleasedText {
  const { recovery } = it.outcome.summary
  if (recovery === null) return say`${scaleName(gate, it)}, a score beyond its cut-off`
  const { case_when, value, status } = recovery.cutoff
  return say`${scaleName(gate, it)}, a score ${case_when === 'below' ? 'below' : 'of or above'} ${gate.fact(value)} (${gate.label(evidenceWords(status))})`
}

/** Who started too near the better end. Null where no scale has a reliable change. */
export function limitsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const rows = outcomes.flatMap((it) => {
    const limits = releaseLimits(gate, it.outcome, it.improved.count)
    if (limits === null) return []
    return [
      {
        label: scaleName(gate, it),
        could_not: limits.could_not_improve.count,
        could_not_percent: limits.could_not_improve.percent,
        improved: share(limits.improved_of_those_who_could),
      },
    ]
  })
  if (rows.length === 0) return null
  return table(
    gate,
    'change-limits',
    'Who could not improve reliably',
    [
      ['label', 'Measure', 'text'],
      ['could_not', 'Could not improve reliably', 'count'],
      ['could_not_percent', 'Of all with two scores', 'percent'],
      ['improved', 'Improved, % of those who could (95% interval)', 'text'],
    ],
    rows,
    [
      say`They started so near the better end of the scale that the best possible last score would not be a reliable improvement.`,
    ],
  )
}

/** Recovery and harm, each over everyone and over those to whom it could happen. */
export function endsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const rows = outcomes.flatMap((it) => {
    const harmed = releaseLimits(gate, it.outcome, it.improved.count)?.harmed ?? null
    if (harmed === null) return []
    return [
      {
        label: scaleName(gate, it),
        recovered: share(it.recovered_of_all),
        recovered_of_cases: share(it.recovered_of_cases),
        harmed: share(harmed.of_all),
        harmed_of_others: share(harmed.of_others),
      },
    ]
  })
  if (rows.length === 0) return null
  return table(
    gate,
    'recovered-and-harmed',
    'Recovered and harmed, by both denominators',
    [
      ['label', 'Measure', 'text'],
      ['recovered', 'Recovered, % of all', 'text'],
      ['recovered_of_cases', 'Recovered, % of cases at first', 'text'],
      ['harmed', 'Harmed, % of all', 'text'],
      ['harmed_of_others', 'Harmed, % of those not cases at first', 'text'],
    ],
    rows,
    [
      say`Recovered: a case at first, not at last, and reliably improved. Harmed: reliably deteriorated, not a case at first and a case at last. With Wilson 95% intervals.`,
    ],
  )
}

function share({ percent, low, high }: ReleasedShare): ReleasedCell {
  return percent.is_shown ? estimateCell(percent, low, high) : percent
}

function estimate({ value, low, high }: ReleasedEstimate): ReleasedCell {
  return estimateCell(value, low, high)
}
