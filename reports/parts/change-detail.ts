import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, MethodNote, ReportSection } from '../../src/report/document.ts'
import type { ServiceAnalysis } from '../analysis.ts'
import { evidenceWords } from './evidence-words.ts'
import { headlineOutcomes } from './headline-scales.ts'
import { scaleName } from './outcome-figures.ts'
import { changeWaterfall, scoreSlope } from './person-figures.ts'
import {
  type ReleasedCaseChange,
  type ReleasedEstimate,
  releaseCaseChange,
  releaseEffects,
  releaseLimits,
} from './release-change-detail.ts'
import { type ReleasedOutcome, type ReleasedShare, releaseOutcome } from './release-outcome.ts'
import { estimateCell, interval, intervalCell, join, pValue, table } from './text.ts'

/** How large the change is, how sure, and for whom it could not be seen. None where no measure was recorded. */
export function changeDetailSections(
  gate: Gate,
  service: ServiceAnalysis | undefined,
  reader: 'service' | 'evaluator',
): readonly ReportSection[] {
  const outcomes = headlineOutcomes(service?.outcomes ?? []).map((it) => releaseOutcome(gate, it))
  if (outcomes.length === 0) return []
  const cases = outcomes.flatMap((it) => {
    const change = releaseCaseChange(gate, it.outcome)
    return change === null ? [] : [{ it, change }]
  })
  const main = present([caseTable(gate, cases), endsTable(gate, outcomes), limitsTable(gate, outcomes)])
  const forCheckers = present([effectsTable(gate, outcomes), testsTable(gate, outcomes)])
  return [
    {
      id: 'change-detail',
      title: say`How large is the change, and how sure?`,
      lead: lead(gate, outcomes, cases),
      figures: reader === 'service' ? figuresOf(gate, outcomes) : [],
      tables: reader === 'service' ? main : [...forCheckers, ...main],
      appendix: reader === 'service' ? forCheckers : [],
      notes: [SMALL_NUMBERS, ...notReported(gate, outcomes), ...(gate.policy.is_internal ? [] : [ROUNDED_APART])],
    },
  ]
}

const SMALL_NUMBERS = say`With fewer than 5 people there is no percentage and no interval; with fewer than 10 no mean interval, effect size or test; with fewer than 20 no bootstrap. Intervals of so few people often miss the truth.`

const ROUNDED_APART = say`Numbers in different tables are rounded separately, so the same people may appear as counts that differ by five.`

/** Internal reports name the measures; in a release this would narrow a withheld count. */
function notReported(gate: Gate, outcomes: readonly ReleasedOutcome[]): readonly ReleasedText[] {
  const few = outcomes.filter((it) => !it.outcome.summary.claims.may_test)
  if (!gate.policy.is_internal || few.length === 0) return []
  return [say`Too few people with two scores for an interval or a test: ${join(few.map((it) => scaleName(gate, it)))}.`]
}

interface Cases {
  readonly it: ReleasedOutcome
  readonly change: ReleasedCaseChange
}

function lead(gate: Gate, outcomes: readonly ReleasedOutcome[], cases: readonly Cases[]): ReleasedText {
  const said = cases.find(({ change }) => change.difference.is_shown)
  if (said !== undefined) {
    const { it, change } = said
    return say`By ${scaleName(gate, it)}, ${change.pre.percent} were cases at first and ${change.post.percent} at last, of ${change.n} people with two scores: ${change.difference} percentage points (95% interval ${interval(change.newcombe_low, change.newcombe_high)}).`
  }
  const [main] = outcomes
  if (main === undefined || !main.improvement_low.is_shown)
    return say`Too few people have two scores for an interval. What follows says what is missing and why.`
  return say`${scaleName(gate, main)}: mean improvement ${main.improvement} points (95% interval ${interval(main.improvement_low, main.improvement_high)}).`
}

function figuresOf(gate: Gate, outcomes: readonly ReleasedOutcome[]): Figure[] {
  const slopes = outcomes.slice(0, 1).map((it) => scoreSlope(gate, it))
  return present([...slopes, ...outcomes.slice(0, 2).map((it) => changeWaterfall(gate, it))])
}

function effectsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
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

function testsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
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

function caseTable(gate: Gate, cases: readonly Cases[]): ReleasedTable | null {
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

function limitsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
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
function endsTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
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

function present<Part extends Figure | ReleasedTable>(parts: readonly (Part | null)[]): Part[] {
  return parts.filter((part) => part !== null)
}

export const CHANGE_DETAIL_METHODS: readonly MethodNote[] = [
  {
    title: say`Cases before and after`,
    text: say`McNemar’s mid-p test of the people who crossed the cut-off; two intervals of the change in the share, Newcombe’s method 10 and Tango’s score interval.`,
    source: say`Fagerland, Lydersen and Laake 2013; Newcombe 1998; Tango 1998`,
  },
  {
    title: say`Effect sizes and the median shift`,
    text: say`d on the first SD, d on the mean of both SDs, dz on the SD of the change, and Hedges g, which is dz corrected on n − 1 degrees of freedom; intervals from the noncentral t. The Hodges–Lehmann shift is the median of the averages of every two people’s changes, unchanged people included.`,
    source: say`Lakens 2013; Algina and Keselman 2003; Hedges 1981; Hodges and Lehmann 1963; Holm 1979`,
  },
  {
    title: say`What a 95% interval is worth here`,
    text: say`In simulated samples of 15 to 100 people, the intervals above held the truth 93% to 97% of the time, with these exceptions: that of a mean whose change is very skewed, 91% to 92% below 50 people; Wilson’s, 92% for some shares of 15 to 25 people; and that of the median shift where many changes are equal, 98% and more.`,
  },
]
