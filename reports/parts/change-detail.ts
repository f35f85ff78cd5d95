import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, MethodNote, ReportSection } from '../../src/report/document.ts'
import type { ServiceAnalysis } from '../analysis.ts'
import { indicesTable } from './change-indices.ts'
import { type Cases, caseTable, effectsTable, endsTable, limitsTable, testsTable } from './change-tables.ts'
import { headlineOutcomes } from './headline-scales.ts'
import { scaleName } from './outcome-figures.ts'
import { changeWaterfall, scoreSlope } from './person-figures.ts'
import { releaseCaseChange } from './release-change-detail.ts'
import { type ReleasedOutcome, releaseOutcome } from './release-outcome.ts'
import { interval, join } from './text.ts'

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
      appendix: [...(reader === 'service' ? forCheckers : []), ...present([indicesTable(gate, outcomes)])],
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

/** Of the leading measure: the scatter of every other one stands under its outcomes. */
function figuresOf(gate: Gate, [main]: readonly ReleasedOutcome[]): Figure[] {
  return main === undefined ? [] : present([scoreSlope(gate, main), changeWaterfall(gate, main)])
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
    title: say`Other indices of reliable change`,
    text: say`Gulliksen, Lord and Novick; Hsu, Linn and Lord; Edwards and Nunnally; Nunnally and Kotsch; Hageman and Arrindell; and Jacobson and Truax, each from a reliability that the project states. They decide nothing in this report.`,
    source: say`Jacobson and Truax 1991; Hsu 1989; Speer 1992; Nunnally and Kotsch 1983; Hageman and Arrindell 1999`,
  },
  {
    title: say`What a 95% interval is worth here`,
    text: say`In simulated samples of 15 to 100 people, the intervals above held the truth 93% to 97% of the time, with these exceptions: that of a mean whose change is very skewed, 91% to 92% below 50 people; Wilson’s, 92% for some shares of 15 to 25 people; and that of the median shift where many changes are equal, 98% and more.`,
  },
]
