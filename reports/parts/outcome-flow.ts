import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure } from '../../src/report/document.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { courseName, monthsWords, type ReleasedFollowUp, releaseFollowUps } from './release-course.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { join, table } from './text.ts'

/** From eligible to followed up as a flow of boxes: who goes on, who leaves at each step, and why. */
export function flowFigure(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): Figure {
  return {
    id: 'outcome-flow',
    title: flowTitle(gate, course, main),
    summary: flowSummary(gate, course, main),
    chart: 'outcome_flow',
    rows: flowBoxes(gate, course, main).map((it) => ({ ...it, left: join(it.left, '\n') })),
    table: flowTable(gate, course, main),
  }
}

/** Of those with a first score: whose episode ended, and of these with a score near the end. */
export function endStages(gate: Gate, { flow }: CourseAnalysis) {
  return gate.stages({ ended: total(flow, 'n_ended'), end: total(flow, 'n_end') })
}

type Stage = CourseAnalysis['flow'][number]
type StageCount = Exclude<keyof Stage, 'team'>

function total(flow: readonly Stage[], key: StageCount): number {
  return flow.reduce((sum, it) => sum + it[key], 0)
}

interface FlowBox {
  readonly stage: ReleasedText
  readonly label: ReleasedText
  readonly people: Released
  /** Who is not in the box that follows, one reason each; for a branch, who of the last box is not in it. */
  readonly left: readonly ReleasedText[]
  readonly place: ReleasedText
}

function flowBoxes(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): FlowBox[] {
  const { flow } = course
  const { ended, end } = endStages(gate, course)
  const box = (place: string, label: ReleasedText, people: Released, left: readonly ReleasedText[] = []): FlowBox => ({
    ...{ stage: label, label, people, left, place: gate.label(place) },
  })
  const less = (from: StageCount, to: StageCount) => gate.count(total(flow, from) - total(flow, to))
  const first = say`with a first score (${main.paired} have a second)`
  return [
    box(
      'first',
      say`eligible episodes`,
      main.eligible,
      reasons([[say`No first score`, less('n_eligible', 'n_entry')]]),
    ),
    box('chain', first, main.baseline, reasons([[say`Not ended yet`, less('n_entry', 'n_ended')]])),
    ...(ended.value === 0
      ? []
      : [
          box('chain', say`of them ended`, ended),
          box(
            'branch',
            say`score near the end`,
            end,
            reasons([[say`No score near the end`, less('n_ended', 'n_end')]]),
          ),
          ...followUpBoxes(gate, course, box),
        ]),
  ]
}

type MakeBox = (place: string, label: ReleasedText, people: Released, left?: readonly ReleasedText[]) => FlowBox

/** One box where nobody has a follow-up score yet: four empty ones would say no more. */
function followUpBoxes(gate: Gate, course: CourseAnalysis, box: MakeBox): FlowBox[] {
  const followUps = releaseFollowUps(gate, course)
  const [first] = followUps
  const asked = join(followUps.map((it) => monthsWords(gate, it.follow_up_months)))
  if (first !== undefined && followUps.every((it) => it.scored.value === 0))
    return [box('branch', say`score at any follow-up`, first.scored, [say`Nobody has one ${asked} after the end`])]
  return followUps.map((it) =>
    box('branch', say`score ${monthsWords(gate, it.follow_up_months)} after`, it.scored, reasons(whyNoScore(it))),
  )
}

type Reason = readonly [words: ReleasedText, people: Released]

function whyNoScore(it: ReleasedFollowUp): readonly Reason[] {
  return [
    [say`Due, no score`, it.missing],
    [say`Not due yet`, it.not_due],
    [say`Back in care`, it.in_care_again],
    [say`Moved away`, it.moved],
    [say`Died`, it.died],
  ]
}

/** Nobody left for a reason whose count is nought; a withheld count is a reason still. */
function reasons(list: readonly Reason[]): readonly ReleasedText[] {
  return list.filter(([, people]) => people.value !== 0).map(([words, people]) => say`${words}: ${people}`)
}

function flowTitle(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): ReleasedText {
  const { ended, end } = endStages(gate, course)
  const share = gate.percentage(end, ended)
  if (share.is_shown) return say`${share} of episodes that ended have a ${courseName(gate, course)} score near the end`
  return say`${gate.percentage(main.paired, main.eligible)} of eligible episodes have two ${courseName(gate, course)} scores`
}

function flowSummary(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): ReleasedText {
  const boxes = say`Boxes count episodes; an arrow to the right says how many go no further, and why.`
  if (endStages(gate, course).ended.value === 0)
    return say`${boxes} ${main.baseline} of ${main.eligible} eligible episodes have a first ${courseName(gate, course)} score; none of them has ended.`
  return say`${boxes} Each grey box looks at all episodes that ended with a first ${courseName(gate, course)} score: the score at the end and every follow-up are asked of each of them.`
}

function flowTable(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): ReleasedTable {
  return table(
    gate,
    'outcome-flow',
    'From eligible to followed up',
    [
      ['label', 'Stage', 'text'],
      ['whose', 'Of', 'text'],
      ['could', 'Could have a score', 'count'],
      ['have', 'Have one', 'count'],
      ['percent', 'Share', 'percent'],
      ['left', 'Who is not here, and why', 'text'],
    ],
    flowRows(gate, course, main).map((it) => ({ ...it, percent: gate.percentage(it.have, it.could) })),
    [
      say`Episodes count from the day the service first used the measure. Due: the days in which a follow-up score counts have passed, and the person has not died, moved away or come back into the service’s care.`,
      ...(gate.policy.is_internal
        ? []
        : [say`Counts are rounded one by one, so a box may differ by a few from what goes in less what goes out.`]),
    ],
  )
}

interface FlowRow {
  readonly label: ReleasedText
  readonly whose: ReleasedText
  readonly could: Released
  readonly have: Released
  readonly left: ReleasedText
}

function flowRows(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): FlowRow[] {
  const { ended, end } = endStages(gate, course)
  const stage = (
    label: ReleasedText,
    whose: ReleasedText,
    [could, have]: readonly [Released, Released],
    left: readonly Reason[] = [],
  ) => ({ label, whose, could, have, left: join(reasons(left), '; ') })
  const less = (from: StageCount, to: StageCount) => gate.count(total(course.flow, from) - total(course.flow, to))
  const never = [say`No first score`, less('n_eligible', 'n_entry')] as const
  const single = [say`No second score`, less('n_entry', 'n_later')] as const
  const open = [say`Not ended yet`, less('n_entry', 'n_ended')] as const
  const unfinished = [say`No score near the end`, less('n_ended', 'n_end')] as const
  return [
    stage(say`First score`, say`eligible episodes`, [main.eligible, main.baseline], [never]),
    stage(say`Second score`, say`those with a first score`, [main.baseline, main.paired], [single]),
    stage(say`Score at the end`, say`those of them whose episode ended`, [ended, end], [open, unfinished]),
    ...releaseFollowUps(gate, course).map((it) =>
      stage(
        say`${monthsWords(gate, it.follow_up_months)} after`,
        say`those due by then`,
        [it.due, it.scored],
        whyNoScore(it),
      ),
    ),
  ]
}
