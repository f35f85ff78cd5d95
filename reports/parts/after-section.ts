import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { courseName, monthsWords, type ReleasedFollowUp, releaseFollowUps, STATES } from './release-course.ts'
import { estimateCell, join, table } from './text.ts'

const STATE_WORDS: Readonly<Record<(typeof STATES)[number], string>> = {
  maintained: 'Maintained',
  lost: 'Lost',
  late_gain: 'Late gain',
  never_gained: 'Never gained',
  no_end_score: 'No score at the end',
}

/** What became of gains after the end of therapy. None where no episode has ended. */
export function afterSection(
  gate: Gate,
  facts: RunFacts,
  { courses }: Pick<ServiceAnalysis, 'courses'>,
): ReportSection[] {
  const asked = courses.filter((it) => it.follow_ups.some(({ n_asked }) => n_asked > 0))
  const [main] = asked.toSorted((a, b) => scoresAfter(b) - scoresAfter(a))
  if (main === undefined) return []
  const figures = asked.map((it) => ({ it, figure: statesFigure(gate, it) }))
  const followed = figures.filter(({ figure }) => figure.length > 0).map(({ it }) => it)
  const shown = followed.length === 0 ? [main] : followed
  return [
    {
      id: 'after-therapy',
      title: say`After therapy`,
      lead: afterLead(gate, main),
      figures: figures.flatMap(({ figure }) => figure),
      tables: [
        ...(followed.length === 0 && gate.policy.is_internal && scoresAfter(main) > 0
          ? [statesTable(gate, main, releaseFollowUps(gate, main))]
          : []),
        ...shown.map((it) => dueTable(gate, it)),
      ],
      notes: [
        windowWords(gate, facts),
        ...(followed.length === 0 ? [] : [...followed.map((it) => outsideWords(gate, it)), WHO_ANSWERS]),
      ],
    },
  ]
}

const WHO_ANSWERS = say`People who answer after therapy may be those who are well, or those who are not: the shares are of those who answered, and say nothing of the others.`

/** By tens, so that the order of measures gives no count away. */
function scoresAfter({ follow_ups }: CourseAnalysis): number {
  return Math.ceil(follow_ups.reduce((sum, it) => sum + it.n_scored, 0) / 10)
}

function afterLead(gate: Gate, course: CourseAnalysis): ReleasedText {
  const [first] = releaseFollowUps(gate, course)
  if (first === undefined) return say`No follow-up after the end was asked for.`
  const months = monthsWords(gate, first.follow_up_months)
  if (first.scored.value === 0) {
    return say`None of ${first.due} episodes due a ${courseName(gate, course)} score ${months} after the end has one: whether gains last is not known.`
  }
  const answered = say`Of ${first.due} episodes due a ${courseName(gate, course)} score ${months} after the end, ${first.scored} have one.`
  const kept = keptShare(gate, first)
  if (kept === null || !kept.is_shown)
    return say`${answered} Too few of them had improved by the end to say how many kept it.`
  return say`${answered} Of those among them who had reliably improved by the end, ${kept} had kept it.`
}

/** Maintained, of those who had gained by the end. */
function keptShare(gate: Gate, { states }: ReleasedFollowUp): Released | null {
  if (states === null) return null
  const gained = gate.derive([states.maintained.count, states.lost.count], (kept, lost) => kept + lost)
  return gate.percentage(states.maintained.count, gained)
}

/** None where there is no threshold, or every follow-up has too few scores. */
function statesFigure(gate: Gate, course: CourseAnalysis): Figure[] {
  const drawn = releaseFollowUps(gate, course).filter((it) => it.states !== null && it.scored.value !== 0)
  const shown = drawn.filter((it) => STATES.some((state) => it.states?.[state].percent.is_shown))
  if (shown.length === 0) return []
  return [
    {
      id: `follow-up-states-${course.measure_id}-${course.scale_id}`,
      title: statesTitle(gate, course, shown),
      summary: say`Of those with a ${courseName(gate, course)} score at each follow-up: maintained, improved reliably by the end and still so; lost, no longer so; late gain, improved since; never gained, neither; and those without a score at the end.`,
      chart: 'follow_up_states',
      rows: shown.flatMap((it) => stateRows(gate, it)),
      params: {
        x_title: gate.label('Per cent of those with a score then'),
        x_domain: [gate.fact(0), gate.fact(100)],
        states: STATES.map((state) => gate.label(STATE_WORDS[state])),
      },
      table: statesTable(gate, course, drawn),
    },
  ]
}

function statesTitle(gate: Gate, course: CourseAnalysis, shown: readonly ReleasedFollowUp[]): ReleasedText {
  const parts = shown.flatMap((it) => {
    const kept = keptShare(gate, it)
    return kept?.is_shown === true ? [say`${kept} at ${monthsWords(gate, it.follow_up_months)}`] : []
  })
  if (parts.length === 0) return say`${courseName(gate, course)} after therapy: too few to say how many kept their gain`
  return say`${courseName(gate, course)}: of those who had reliably improved by the end and answered, still so: ${join(parts)}`
}

/** Shares stacked one after another. What is withheld is drawn as one part, last, up to 100. */
function stateRows(gate: Gate, it: ReleasedFollowUp) {
  const label = say`${monthsWords(gate, it.follow_up_months)} after, ${it.scored} scores`
  const shares = STATES.map((state) => it.states?.[state].percent ?? gate.absent(say`no threshold`))
  let start: Released = gate.fact(0)
  const rows = shares.map((percent, nth) => {
    const from = start
    const [end, middle] = stretch(gate, from, percent)
    if (end.is_shown) start = end
    return {
      label,
      state: gate.label(STATE_WORDS[STATES[nth] as (typeof STATES)[number]]),
      percent,
      start: from,
      end,
      middle,
    }
  })
  if (shares.every((percent) => percent.is_shown)) return rows
  const rest = gate.derive([start], (from) => 100 - from)
  const [end, middle] = stretch(gate, start, rest)
  return [...rows, { label, state: gate.label('*'), percent: gate.absent(say`withheld`), start, end, middle }]
}

/** Where a share that begins at `from` ends, and its middle. */
function stretch(gate: Gate, from: Released, percent: Released): readonly [end: Released, middle: Released] {
  const end = gate.derive([from, percent], (a, b) => Math.min(100, a + b), { decimals: 1 })
  return [end, gate.derive([from, end], (a, b) => (a + b) / 2, { decimals: 1 })]
}

function statesTable(gate: Gate, course: CourseAnalysis, drawn: readonly ReleasedFollowUp[]): ReleasedTable {
  return table(
    gate,
    `follow-up-states-${course.measure_id}-${course.scale_id}`,
    `Gains after therapy, ${course.measure_name}`,
    [
      ['label', 'After the end', 'text'],
      ['scored', 'Scores', 'count'],
      ...STATES.map((state) => [state, STATE_WORDS[state], 'count'] as const),
      ['kept', 'Kept, of those who had gained', 'percent'],
    ],
    drawn.map((it) => ({
      label: monthsWords(gate, it.follow_up_months),
      scored: it.scored,
      ...Object.fromEntries(STATES.map((state) => [state, it.states?.[state].count ?? gate.absent(say`no threshold`)])),
      kept: keptShare(gate, it) ?? gate.absent(say`no threshold`),
    })),
    [say`A gain is a reliable improvement since the first score; a change equal to the threshold counts.`],
  )
}

function dueTable(gate: Gate, course: CourseAnalysis): ReleasedTable {
  return table(
    gate,
    `follow-ups-due-${course.measure_id}-${course.scale_id}`,
    `Who could be followed up, ${course.measure_name}`,
    [
      ['label', 'After the end', 'text'],
      ['due', 'Due', 'count'],
      ['scored', 'Have a score', 'count'],
      ['percent', 'Share', 'percent'],
      ['improvement', 'Mean improvement since the first score (95% interval)', 'text'],
      ['in_care_again', 'Back in care', 'count'],
      ['moved', 'Moved away', 'count'],
      ['died', 'Died', 'count'],
      ['not_due', 'Not due yet', 'count'],
    ],
    releaseFollowUps(gate, course).map((it) => ({
      label: monthsWords(gate, it.follow_up_months),
      due: it.due,
      scored: it.scored,
      percent: gate.percentage(it.scored, it.due),
      improvement: estimateCell(it.improvement, it.improvement_low, it.improvement_high),
      in_care_again: it.in_care_again,
      moved: it.moved,
      died: it.died,
      not_due: it.not_due,
    })),
    [
      say`Episodes that ended, with a first score. Each is in one column: due, back in care, moved away, died or not due yet.`,
    ],
  )
}

function windowWords(gate: Gate, { follow_ups }: RunFacts): ReleasedText {
  const parts = follow_ups.map(
    (it) => say`${monthsWords(gate, it.months)} (within ${gate.fact(it.tolerance_days)} days)`,
  )
  return say`Follow-up scores are looked for ${join(parts)} after the end. The nearest to the day counts; of two as near, the earlier.`
}

/** Scores that were left out, and why. */
function outsideWords(gate: Gate, course: CourseAnalysis): ReleasedText {
  return say`${courseName(gate, course)}: scores after the end near no follow-up, and so not used: ${gate.count(course.n_out_of_window)}; beside a nearer one: ${gate.count(course.n_spare)}.`
}
