import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { mcnemarMidP, newcombePaired } from '../../src/stats/proportion.ts'
import type { DiagnosisAnalysis, FeedbackCount } from '../analysis.ts'
import { evidenceWords } from './evidence-words.ts'
import { scaleName } from './outcome-figures.ts'
import { type ReleasedOutcome, releasedShare } from './release-outcome.ts'
import { interval, intervalCell, join, pValue, table } from './text.ts'

/** Recovery with both denominators. */
export function recoveryTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const counted = outcomes.filter((it) => it.outcome.summary.recovery !== null)
  if (counted.length === 0) return null
  return table(
    gate,
    'recovery',
    'Recovery: a case at the start, not at the end, and reliably improved',
    [
      ['label', 'Measure', 'text'],
      ['cutoff', 'A case is', 'text'],
      ['cases', 'Cases at the start', 'count'],
      ['recovered', 'Recovered', 'count'],
      ['of_cases', 'Of cases at the start', 'percent'],
      ['of_cases_range', '95% interval', 'text'],
      ['of_all', 'Of all with two scores', 'percent'],
    ],
    counted.map((it) => ({
      label: scaleName(gate, it),
      cutoff: cutoffWords(gate, it),
      cases: it.cases_at_start,
      recovered: it.recovered_of_cases.count,
      of_cases: it.recovered_of_cases.percent,
      of_cases_range: intervalCell(it.recovered_of_cases.low, it.recovered_of_cases.high),
      of_all: it.recovered_of_all.percent,
    })),
  )
}

function cutoffWords(gate: Gate, { outcome }: ReleasedOutcome) {
  const { recovery } = outcome.summary
  if (recovery === null) return say`no cut-off`
  const { case_when, value, status } = recovery.cutoff
  return say`${case_when === 'below' ? 'below' : 'at or above'} ${gate.fact(value)} (${gate.label(evidenceWords(status))})`
}

/** The service's own rule beside NHS England's published one, over the same people. Null where the national rule counts nobody. */
export function nationalTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const counted = outcomes.filter((it) => (it.outcome.national?.n_counted ?? 0) > 0)
  if (counted.length === 0) return null
  return table(
    gate,
    'own-and-national',
    'The service’s own rule beside the national rule, over the same people',
    [
      ['label', 'Measure', 'text'],
      ['threshold', 'National threshold, points', 'number'],
      ['own_n', 'Own rule: two scores', 'count'],
      ['own_improved', 'Own rule: improved', 'percent'],
      ['national_n', 'National: two scores', 'count'],
      ['national_improved', 'National: improved', 'percent'],
      ['national_deteriorated', 'National: got worse', 'percent'],
    ],
    counted.map((it) => nationalRow(gate, it)),
    [
      say`The national rule counts referrals of adults with two attended contacts that were closed, or open for at least 180 days, and takes the first and the latest score of the referral. Its DIALOG threshold of one point an item is a counting rule, not a reliable change.`,
      leftOut(gate, counted),
    ],
  )
}

const NOT_COUNTED_WORDS: Readonly<Record<string, string>> = {
  rejected: 'referral rejected',
  referred_before_april_2019: 'referred before April 2019',
  age_unknown: 'age not known',
  under_18: 'under 18',
  other_team_type: 'another type of team',
  organic_disorder: 'organic disorder',
  contacts_not_supplied: 'no contacts in the exports',
  under_two_direct_contacts: 'fewer than two attended contacts',
  open_under_180_days: 'open for less than 180 days',
}

/** Every referral that one rule counts and the other does not, by the first reason that applies. */
function leftOut(gate: Gate, counted: readonly ReleasedOutcome[]): ReleasedText {
  const [first] = counted
  const reasons = first?.outcome.national?.not_counted ?? []
  if (first === undefined || reasons.length === 0) return say`It leaves out no referral.`
  const said = reasons
    .map((it) => ({ n: gate.count(it.n), words: NOT_COUNTED_WORDS[it.reason] ?? it.reason }))
    .toSorted((a, b) => (b.n.value ?? 0) - (a.n.value ?? 0) || (a.words < b.words ? -1 : 1))
    .map(({ n, words }) => say`${n} (${gate.label(words)})`)
  return say`Referrals it leaves out, for ${scaleName(gate, first)}: ${join(said)}.`
}

/** Said where the national rule counts nobody. */
export function nationalNotes(outcomes: readonly ReleasedOutcome[]): readonly ReleasedText[] {
  const national = outcomes.flatMap((it) => (it.outcome.national === null ? [] : [it.outcome.national]))
  if (national.length === 0 || national.some((it) => it.n_counted > 0)) return []
  return national.some((it) => it.not_counted.some(({ reason }) => reason === 'contacts_not_supplied'))
    ? [
        say`NHS England’s published rule counts none of these referrals, because it needs contacts and none were in the exports.`,
      ]
    : [say`NHS England’s published rule counts none of these referrals.`]
}

function nationalRow(gate: Gate, it: ReleasedOutcome): ReleasedTable['rows'][number] {
  const national = it.outcome.national
  if (national === null) throw new Error('only scales that the national rule counts')
  const { cells, total } = gate.partition({
    improved: national.improved.count,
    no_change: national.no_change.count,
    deteriorated: national.deteriorated.count,
  })
  return {
    label: scaleName(gate, it),
    threshold: gate.fact(national.change_points),
    own_n: it.paired,
    own_improved: it.improved.percent,
    national_n: total,
    national_improved: releasedShare(gate, cells.improved, total).percent,
    national_deteriorated: releasedShare(gate, cells.deteriorated, total).percent,
  }
}

const DIAGNOSIS_WORDS: Readonly<Record<string, string>> = { CPTSD: 'Complex PTSD', PTSD: 'PTSD', NONE: 'Neither' }

/** First against last probable diagnosis. */
export function diagnosisTable(gate: Gate, { measure_name, transitions }: DiagnosisAnalysis): ReleasedTable {
  const words = (category: string) => gate.label(DIAGNOSIS_WORDS[category] ?? category)
  const lasts = [...new Set(transitions.transitions.map((it) => it.post_category))]
  const firsts = [...new Set(transitions.transitions.map((it) => it.pre_category))]
  return table(
    gate,
    'diagnosis',
    `${measure_name}: probable diagnosis, first and last`,
    [
      ['first', 'At first', 'text'],
      ...lasts.map((last) => [last.toLowerCase(), `Last: ${DIAGNOSIS_WORDS[last] ?? last}`, 'count'] as const),
    ],
    firsts.map((first) => ({
      first: words(first),
      ...Object.fromEntries(
        transitions.transitions
          .filter((it) => it.pre_category === first)
          .map((it) => [it.post_category.toLowerCase(), gate.count(it.n)]),
      ),
    })),
    [say`A questionnaire gives a probable diagnosis only.`, anyDiagnosis(gate, transitions)],
  )
}

function anyDiagnosis(gate: Gate, it: DiagnosisAnalysis['transitions']): ReleasedText {
  const { cells } = gate.partition({
    both: it.n_any_both,
    pre_only: it.n_lost_diagnosis,
    post_only: it.n_gained_diagnosis,
    neither: it.n_none_both,
  })
  const four = [cells.both, cells.pre_only, cells.post_only, cells.neither] as const
  const points = (side: 'difference' | 'lower' | 'upper') =>
    gate.derive(
      four,
      (both, pre_only, post_only, neither) => {
        const paired = newcombePaired({ both, pre_only, post_only, neither })
        return paired === null ? null : 100 * paired[side]
      },
      { decimals: 0 },
    )
  const difference = points('difference')
  if (!difference.is_shown) return say`Too few changed for the change in the share with any diagnosis to be shown.`
  const change = say`Change in the share with any diagnosis: ${difference} percentage points (95% interval ${interval(points('lower'), points('upper'))}).`
  const p = gate.derive([cells.pre_only, cells.post_only], (lost, gained) => mcnemarMidP(lost, gained).p, {
    decimals: 3,
  })
  if (it.reason !== null || !p.is_shown) return change
  return say`${change} McNemar’s mid-p, from the counts as shown: ${pValue(p)}.`
}

const FEEDBACK_WORDS: Readonly<Record<string, string>> = {
  fft: 'Friends and family test',
  neither: 'Neither good nor poor',
  dont_know: 'Don’t know',
}

/** `very_good` as a reader meets it. */
function plainWords(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Answers that came already added up. */
export function feedbackTable(gate: Gate, counts: readonly FeedbackCount[]): ReleasedTable | null {
  if (counts.length === 0) return null
  return table(
    gate,
    'feedback',
    'Feedback, counted as it came',
    [
      ['subject', 'Question', 'text'],
      ['category', 'Answer', 'text'],
      ['n', 'Answers', 'count'],
    ],
    counts.map((it) => ({
      subject: gate.label(FEEDBACK_WORDS[it.subject] ?? plainWords(it.subject)),
      category: gate.label(FEEDBACK_WORDS[it.category] ?? plainWords(it.category)),
      n: gate.count(it.n),
    })),
    [say`Answers carry no name or number, so they are not joined to anyone’s scores.`],
  )
}
