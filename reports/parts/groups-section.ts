import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedRow, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import type { GroupAnalysis, RunFacts, ServiceAnalysis } from '../analysis.ts'
import { groupScaleTables } from './group-scales.ts'
import { DIMENSION_WORDS, groupWords, MAINLY_SEEN_BY_WORDS } from './group-words.ts'
import { scaleName } from './outcome-figures.ts'
import { type ReleasedOutcome, releaseOutcome } from './release-outcome.ts'
import { tooFew } from './release-usage.ts'
import { criteriaWords } from './saved-cohorts.ts'
import { staffCostTable } from './staff-cost.ts'
import { inSentence, interval, intervalCell, table } from './text.ts'
import { withheldParts } from './withheld-parts.ts'

/** Who did better or worse: every group that was recorded, saved cohorts, and what a minimum of contacts would do. */
export function groupSections(gate: Gate, facts: RunFacts, service: ServiceAnalysis): readonly ReportSection[] {
  const groups = releaseGroups(gate, facts, service)
  const cohorts = cohortTable(gate, facts, service)
  const tables = [
    groupTable(gate, groups),
    staffCostTable(gate, facts, service),
    cohorts,
    crossedTable(gate, facts, service),
    minimumTable(gate, service),
  ].filter((it) => it !== null)
  if (tables.length === 0) return []
  const figure = groupForest(gate, groups)
  return [
    {
      id: 'groups',
      title: say`Who it helped`,
      lead: say`The same change, group by group. Groups differ in more than the one thing that they are told apart by, so a difference between two of them is a question to ask and no answer.`,
      figures: figure === null ? [] : [figure],
      tables,
      appendix: [...groupScaleTables(gate, facts, service), staffTable(gate, service)].filter((it) => it !== null),
      notes: [
        say`Fewer than ${gate.fact(facts.group_minimum_n)} episodes with two scores are too few to say anything of a group.`,
        ...(service.groups.some((it) => it.dimension === 'main_staff_role')
          ? [say`Mainly seen by: ${gate.label(MAINLY_SEEN_BY_WORDS[facts.mainly_seen_by])}.`]
          : []),
      ],
    },
  ]
}

interface ReleasedGroup {
  readonly dimension: string
  readonly label: string
  readonly episodes: Released
  readonly has_enough: boolean
  /** Intervention arms are withheld here as in their own section: one that is too small takes another with it. */
  readonly is_withheld: boolean
  readonly outcome: ReleasedOutcome
}

function releaseGroups(gate: Gate, facts: RunFacts, service: ServiceAnalysis): readonly ReleasedGroup[] {
  return service.groups.flatMap(({ dimension, groups }) => {
    const withheld = withheldParts(
      gate,
      groups.map((it) => it.outcome?.summary.funnel.n_paired ?? 0),
      'statistic',
    )
    return groups.flatMap((group, at) =>
      releaseGroup(gate, facts, group, DIMENSION_WORDS[dimension], groupWords(dimension, group.value)).map((it) => ({
        ...it,
        is_withheld: dimension === service.arms?.told_by && withheld[at] === true,
      })),
    )
  })
}

function releaseGroup(
  gate: Gate,
  facts: RunFacts,
  { n_episodes, outcome }: GroupAnalysis,
  dimension: string,
  label: string,
): ReleasedGroup[] {
  if (outcome === null) return []
  return [
    {
      dimension,
      label,
      episodes: gate.count(n_episodes),
      is_withheld: false,
      has_enough: outcome.summary.funnel.n_paired >= facts.group_minimum_n,
      outcome: releaseOutcome(gate, outcome),
    },
  ]
}

const CELLS = [
  ['episodes', 'Episodes', 'count'],
  ['paired', 'Two scores', 'count'],
  ['improvement', 'Mean improvement, points', 'number'],
  ['range', '95% interval', 'text'],
  ['improved', 'Reliably improved', 'percent'],
] as const

function cellsOf(gate: Gate, { episodes, has_enough, is_withheld, outcome }: ReleasedGroup): ReleasedRow {
  const none = tooFew(gate)
  if (is_withheld) return { episodes, paired: none, improvement: none, range: none, improved: none }
  const few = gate.absent(say`too few to say`)
  if (!has_enough) {
    const paired = gate.count(outcome.outcome.summary.funnel.n_paired)
    return { episodes, paired, improvement: few, range: say`too few to say`, improved: few }
  }
  return {
    episodes,
    paired: outcome.paired,
    improvement: outcome.improvement,
    range: intervalCell(outcome.improvement_low, outcome.improvement_high),
    improved: outcome.improved.percent,
  }
}

function groupTable(gate: Gate, groups: readonly ReleasedGroup[]): ReleasedTable | null {
  const [main] = groups
  if (main === undefined) return null
  return table(
    gate,
    'groups',
    'Change by group',
    [['dimension', 'Told apart by', 'text'], ['label', 'Group', 'text'], ...CELLS],
    groups.map((it) => ({
      dimension: gate.label(it.dimension),
      label: gate.label(it.label),
      ...cellsOf(gate, it),
    })),
    [
      say`Of ${scaleName(gate, main.outcome)}. What was not recorded is a group of its own, and is never counted with another.`,
      say`The intervals are of each group by itself: of twenty, one misses by chance alone.`,
    ],
  )
}

/** Mean improvement of every group with enough people, on one axis. */
function groupForest(gate: Gate, groups: readonly ReleasedGroup[]): Figure | null {
  const drawn = groups.filter(
    (it) => it.has_enough && !it.is_withheld && it.outcome.improvement.is_shown && it.outcome.improvement_low.is_shown,
  )
  const sorted = drawn.toSorted((a, b) => (a.outcome.improvement.value ?? 0) - (b.outcome.improvement.value ?? 0))
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (least === undefined || most === undefined || drawn.length < 2) return null
  const name = (it: ReleasedGroup) => gate.label(`${it.dimension}: ${it.label}`)
  const ends = drawn.flatMap(({ outcome }) => [outcome.improvement_low, outcome.improvement, outcome.improvement_high])
  return {
    id: 'groups',
    title: say`${scaleName(gate, least.outcome)}: mean improvement by group runs from ${least.outcome.improvement} (${name(least)}) to ${most.outcome.improvement} points (${name(most)})`,
    summary: say`Mean change between first and last score of each group with enough people, in points; right of zero is better. Bars are 95% intervals. Where bars overlap widely, the groups cannot be told apart.`,
    chart: 'change_forest',
    rows: drawn.map((it) => ({
      label: name(it),
      mean: it.outcome.improvement,
      low: it.outcome.improvement_low,
      high: it.outcome.improvement_high,
      note: say`${it.outcome.improvement} (${interval(it.outcome.improvement_low, it.outcome.improvement_high)})`,
    })),
    params: { x_title: gate.label('Mean improvement, points'), x_domain: axisEnds(gate, ends) },
    table: table(
      gate,
      'groups-drawn',
      'Groups drawn',
      [['label', 'Group', 'text'], ...CELLS],
      drawn.map((it) => ({ label: name(it), ...cellsOf(gate, it) })),
    ),
  }
}

function cohortTable(gate: Gate, facts: RunFacts, service: ServiceAnalysis): ReleasedTable | null {
  const cohorts = service.cohorts.flatMap((it) =>
    releaseGroup(gate, facts, it, 'cohort', it.cohort.name).map((group) => ({ group, cohort: it.cohort })),
  )
  const [main] = cohorts
  if (main === undefined) return null
  return table(
    gate,
    'cohorts',
    'Named cohorts',
    [['label', 'Cohort', 'text'], ['criteria', 'Who is in it', 'text'], ...CELLS],
    cohorts.map(({ group, cohort }) => ({
      label: gate.label(cohort.name),
      criteria: criteriaWords(gate, cohort),
      ...cellsOf(gate, group),
    })),
    [
      say`Of ${scaleName(gate, main.group.outcome)}. The criteria are kept in the project file and in the record of the run, so that the next run counts the same people.`,
    ],
  )
}

function crossedTable(gate: Gate, facts: RunFacts, { crossed }: ServiceAnalysis): ReleasedTable | null {
  if (crossed === null) return null
  const cells = crossed.cells
    .filter((it) => it.n_episodes > 0)
    .flatMap((it) =>
      releaseGroup(gate, facts, it, groupWords('neurodiversity', it.neurodiversity), groupWords(crossed.by, it.value)),
    )
  if (cells.length === 0) return null
  return table(
    gate,
    'groups-crossed',
    `Neurodiversity within each ${DIMENSION_WORDS[crossed.by] === 'Mainly seen by' ? 'staff role' : inSentence(DIMENSION_WORDS[crossed.by])}`,
    [['dimension', 'Neurodiversity', 'text'], ['label', DIMENSION_WORDS[crossed.by], 'text'], ...CELLS],
    cells.map((it) => ({ dimension: gate.label(it.dimension), label: gate.label(it.label), ...cellsOf(gate, it) })),
    [say`People chose, or were offered, what they were given: the rows are not arms of a trial.`],
  )
}

function minimumTable(gate: Gate, { contacts_minimum: it }: ServiceAnalysis): ReleasedTable | null {
  if (it === null) return null
  const minimum = gate.fact(it.minimum)
  const isTellingApart = isFew(gate, it.everyone.summary.funnel.n_paired - it.with_enough.summary.funnel.n_paired)
  const row = (label: ReleasedText, outcome: ReleasedOutcome) => ({
    label,
    eligible: outcome.eligible,
    paired: outcome.paired,
    improvement: outcome.improvement,
    range: intervalCell(outcome.improvement_low, outcome.improvement_high),
    improved: outcome.improved.percent,
  })
  return table(
    gate,
    'contacts-minimum',
    'What a minimum of contacts does to the result',
    [
      ['label', 'Who is counted', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['paired', 'Two scores', 'count'],
      ['improvement', 'Mean improvement, points', 'number'],
      ['range', '95% interval', 'text'],
      ['improved', 'Reliably improved', 'percent'],
    ],
    [
      row(say`Everyone`, releaseOutcome(gate, it.everyone)),
      ...(isTellingApart
        ? []
        : [row(say`Those with ${minimum} or more attended contacts`, releaseOutcome(gate, it.with_enough))]),
    ],
    [
      ...(isTellingApart
        ? [
            say`A minimum of ${minimum} attended contacts would leave out so few people with two scores that the difference would be a figure about them: it is not shown.`,
          ]
        : []),
      it.is_on
        ? say`The project leaves out episodes with fewer than ${minimum} attended contacts: every other number of outcomes in this report is of the second row.`
        : say`Nobody is left out of this report for attending too few times; the second row shows what that would do.`,
    ],
  )
}

/** True where what two nested groups differ by is so few people that both numbers together would tell of them. */
function isFew(gate: Gate, n: number): boolean {
  return gate.count(n).is_suppressed
}

/** Contacts by who gave them. */
function staffTable(gate: Gate, { staff }: ServiceAnalysis): ReleasedTable | null {
  if (staff.length === 0) return null
  return table(
    gate,
    'contacts-by-staff',
    'Contacts by staff role and band',
    [
      ['role', 'Staff role', 'text'],
      ['band', 'Band', 'text'],
      ['attended', 'Attended', 'count'],
      ['not_attended', 'Not attended', 'count'],
      ['share', 'Attended, of all', 'percent'],
      ['hours', 'Hours, where recorded', 'number'],
    ],
    staff.map((it) => {
      const { cells, total } = gate.partition({ attended: it.n_attended, not_attended: it.n_not_attended })
      return {
        role: gate.label(it.staff_role ?? 'Not recorded'),
        band: gate.label(it.staff_band ?? 'Not recorded'),
        ...cells,
        share: gate.percentage(cells.attended, total),
        hours: gate.statistic(it.minutes === null ? null : it.minutes / 60, {
          n: it.n_people,
          decimals: 0,
          reason: say`not recorded`,
        }),
      }
    }),
  )
}
