import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { FaultCount, MeasureQuality, ServiceAnalysis } from '../analysis.ts'
import { releaseCompleteness } from './release-completeness.ts'
import { table } from './text.ts'

const MOST = 7

export interface CountedFault {
  readonly fault: FaultCount
  readonly rows: Released
}

/** Faults by released count, most first, then by name: the order of withheld ones says nothing of their number. */
export function countedFaults(gate: Gate, faults: readonly FaultCount[]): readonly CountedFault[] {
  return faults
    .map((fault) => ({ fault, rows: gate.count(fault.n_rows) }))
    .toSorted((a, b) => (b.rows.value ?? 0) - (a.rows.value ?? 0) || (a.fault.words < b.fault.words ? -1 : 1))
}

/** Something to put right, and what that would add at most. */
interface Fix {
  readonly what: ReleasedText
  readonly n: Released
  readonly adds: ReleasedText
  readonly remedy: ReleasedText
}

/** What would add most usable scores and records, most first. Null: nothing to fix. */
export function fixFirstTable(gate: Gate, service: ServiceAnalysis): ReleasedTable | null {
  const fixes = [
    ...missingMeasure(gate, service),
    ...missingScores(gate, service.quality.measures),
    ...unscoredForms(gate, service),
    ...rowFixes(gate, service),
  ]
    .filter(({ n }) => n.value !== 0)
    .toSorted((a, b) => (b.n.value ?? 0) - (a.n.value ?? 0) || (a.what.text < b.what.text ? -1 : 1))
    .slice(0, MOST)
  if (fixes.length === 0) return null
  return table(
    gate,
    'fix-first',
    'The gaps and faults that cost most, and what to do about each',
    [
      ['what', 'What was found', 'text'],
      ['n', 'How many', 'count'],
      ['adds', 'What putting it right adds, at most', 'text'],
      ['remedy', 'What to do', 'text'],
    ],
    fixes.map((it) => ({ ...it })),
  )
}

function missingMeasure(gate: Gate, service: ServiceAnalysis): Fix[] {
  if (service.quality.measures.length > 0) return []
  return [
    {
      what: say`Episodes, and no questionnaire of any measure`,
      n: gate.count(service.n_episodes),
      adds: say`A first score each`,
      remedy: say`Put the export of the questionnaires into exports/ beside the referrals; “outcomes inspect” says whether it can be read.`,
    },
  ]
}

function missingScores(gate: Gate, measures: readonly MeasureQuality[]): Fix[] {
  return measures.flatMap((measure) => {
    const { eligible, first, two } = releaseCompleteness(gate, measure.completeness)
    const name = gate.label(measure.measure_name)
    const less = (whole: Released, part: Released) => gate.derive([whole, part], (a, b) => Math.max(0, a - b))
    return [
      {
        what: say`Episodes with a first ${name} score and no second`,
        n: less(first, two),
        adds: say`A pair each`,
        remedy: say`Ask for it again at review and at discharge; those still open can be asked now.`,
      },
      {
        what: say`Episodes without any ${name} score`,
        n: less(eligible, first),
        adds: say`A first score each`,
        remedy: say`Ask for it at the first appointment. If it came into use later than this, state the day under measure_starts in outcomes.yaml.`,
      },
    ]
  })
}

function unscoredForms(gate: Gate, { measures }: ServiceAnalysis): Fix[] {
  return measures.map(({ measure_name, n_too_many_missing }) => ({
    what: say`${gate.label(measure_name)} forms with too many answers missing`,
    n: gate.count(n_too_many_missing),
    adds: say`A score each`,
    remedy: say`See which items are skipped most, below; look at the paper form and at the export.`,
  }))
}

/** Which doubts keep a row’s score out of every pair; others are loaded and counted, and putting them right adds nothing. */
const ADDS_SCORE = new Set([
  'score_after_death',
  'score_before_birth',
  'two_scores_same_day',
  'team_coding_differs',
  'score_outside_episode',
  'score_without_person',
  'score_without_date',
])

function rowFixes(gate: Gate, { faults, flags }: ServiceAnalysis): Fix[] {
  const fix = (adds: ReleasedText) => (fault: FaultCount) => ({
    what: gate.label(fault.words),
    n: gate.count(fault.n_rows),
    adds,
    remedy: gate.label(fault.remedy),
  })
  const score = say`A usable score each`
  const certainty = say`Certainty: the rows count already`
  return [
    ...faults.map(fix(say`A record each`)),
    ...flags
      .filter(({ code }) => !faults.some((it) => it.code === code))
      .map((fault) => fix(ADDS_SCORE.has(fault.code) ? score : certainty)(fault)),
  ]
}
