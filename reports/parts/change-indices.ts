import type { IndexComparison, IndexCounts } from '../../src/change/compare-indices.ts'
import type { RuleReason } from '../../src/change/threshold-types.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedRow, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { FEWEST_FOR_A_TEST } from './claim-words.ts'
import { scaleName } from './outcome-figures.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { join, table } from './text.ts'

/** The same people by the report's own rule and by each published index; null where nothing could be counted by any. */
export function indicesTable(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable | null {
  const scored = outcomes.filter((it) => it.outcome.summary.funnel.n_paired > 0)
  if (scored.length === 0) return null
  const known = scored.flatMap((it) => (it.outcome.indices === null ? [] : [{ it, found: it.outcome.indices }]))
  const unknown = scored.filter((it) => it.outcome.indices === null)
  return table(
    gate,
    'change-indices',
    'Would another published rule have classified people differently?',
    [
      ['label', 'Measure', 'text'],
      ['rule', 'Rule', 'text'],
      ['improved', 'Improved', 'text'],
      ['no_change', 'Unchanged', 'text'],
      ['deteriorated', 'Deteriorated', 'text'],
      ...(gate.policy.is_internal ? [OTHERWISE] : []),
    ],
    [
      ...known.flatMap(({ it, found }) => [
        ...ownRow(gate, it),
        ...found.counts.map((counts) => indexRow(gate, it, counts)),
      ]),
      ...unknown.map((it) => unknownRow(gate, it)),
    ],
    [
      ...(known.length === 0 ? [] : [CHOOSE_BEFOREHAND]),
      ...known.map(({ it, found }) => normsNote(gate, it, found)),
      ...known.slice(0, 1).flatMap(({ found }) => warnings(gate, found)),
      ...(unknown.length === 0 ? [] : [notKnown(gate, unknown)]),
    ],
  )
}

/** Internal reports only: beside the counts of both rules, how many moved between them would narrow a withheld count. */
const OTHERWISE = ['otherwise', 'Classified otherwise than by this report', 'text'] as const

const CHOOSE_BEFOREHAND = say`People with two scores. This report counts by its own rule; an index is chosen before the numbers are seen, never for its counts.`

/** As released elsewhere in the section; none where the scale has no reliable change. */
function ownRow(gate: Gate, it: ReleasedOutcome): ReleasedRow[] {
  const { categories } = it.outcome.summary
  if (categories === null) return []
  return [
    {
      label: scaleName(gate, it),
      rule: say`This report: ${gate.fact(categories.reliable_change.points)} points`,
      improved: shareCell(it.improved.count, it.improved.percent),
      no_change: shareCell(it.no_change.count, it.no_change.percent),
      deteriorated: shareCell(it.deteriorated.count, it.deteriorated.percent),
      ...onlyInternal(gate, gate.absent(say`the rule itself`)),
    },
  ]
}

function indexRow(gate: Gate, it: ReleasedOutcome, counts: IndexCounts): ReleasedRow {
  const rule = gate.label(counts.note.name)
  const isFound = gate.statistic(counts.reason === null ? 1 : null, {
    n: it.outcome.summary.funnel.n_paired,
    decimals: 0,
    reason: counts.reason === null ? say`` : say`${REASONS[counts.reason]}`,
    fewest: FEWEST_FOR_A_TEST,
  })
  if (counts.reason !== null || !isFound.is_shown) return emptyRow(gate, it, rule, isFound)
  const { improved, no_change, deteriorated, n_otherwise } = counts
  const { cells, total } = gate.partition({ improved, no_change, deteriorated })
  const share = (cell: Released) => shareCell(cell, gate.percentage(cell, total))
  return {
    label: scaleName(gate, it),
    rule,
    improved: share(cells.improved),
    no_change: share(cells.no_change),
    deteriorated: share(cells.deteriorated),
    ...onlyInternal(gate, otherwiseCell(gate, n_otherwise, improved + no_change + deteriorated)),
  }
}

function otherwiseCell(gate: Gate, otherwise: number | null, everyone: number): ReleasedCell {
  if (otherwise === null) return gate.absent(say`this report has no threshold`)
  const { cells, total } = gate.partition({ otherwise, same: everyone - otherwise })
  return shareCell(cells.otherwise, gate.percentage(cells.otherwise, total))
}

function unknownRow(gate: Gate, it: ReleasedOutcome): ReleasedRow {
  return emptyRow(gate, it, say`Any other`, gate.absent(say`no reliability is known`))
}

function emptyRow(gate: Gate, it: ReleasedOutcome, rule: ReleasedText, none: Released): ReleasedRow {
  return {
    label: scaleName(gate, it),
    rule,
    improved: none,
    no_change: none,
    deteriorated: none,
    ...onlyInternal(gate, none),
  }
}

function onlyInternal(gate: Gate, otherwise: ReleasedCell): ReleasedRow {
  return gate.policy.is_internal ? { otherwise } : {}
}

/** `12 (34%)`; the count alone, or its marker, where there is no percentage. */
function shareCell(count: Released, percent: Released): ReleasedCell {
  return count.is_shown && percent.is_shown ? say`${count} (${percent})` : count
}

function normsNote(gate: Gate, it: ReleasedOutcome, { norms, mean_origin, sd_origin }: IndexComparison): ReleasedText {
  const given = (value: number | null, origin: IndexComparison['sd_origin']) =>
    value === null || origin === 'sample' ? say`from these people themselves` : say`${gate.fact(value)} as given`
  const post = norms.reliability_post
  return say`${scaleName(gate, it)}: reliability ${gate.fact(norms.reliability)}${post === null ? say`` : say`, of last scores ${gate.fact(post)}`} (${gate.label(norms.source)}); mean of first scores (M1) ${given(norms.mean, mean_origin)}, their SD ${given(norms.sd, sd_origin)}.`
}

function warnings(gate: Gate, { counts }: IndexComparison): ReleasedText[] {
  return counts.flatMap(({ note: { name, source, warning } }) =>
    warning === null ? [] : [say`${gate.label(name)} (${gate.label(source)}): ${gate.label(warning)}`],
  )
}

function notKnown(gate: Gate, unknown: readonly ReleasedOutcome[]): ReleasedText {
  return say`The indices need a reliability, and none is known for ${join(unknown.map((it) => scaleName(gate, it)))}. One that is published, with its source, is stated in outcomes.yaml under measures as index_norms; it sets no threshold.`
}

const REASONS = {
  no_direction: 'neither direction is better',
  no_reliability: 'no reliability is known',
  no_baseline_spread: 'first or last scores are all the same',
  no_published_threshold: 'no threshold',
  perfect_reliability: 'the reliability is 1',
  unreliable_change: 'changes spread no more than error would',
} as const satisfies Record<RuleReason, string>
