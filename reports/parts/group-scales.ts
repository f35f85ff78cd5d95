import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedRow, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { benjaminiHochberg } from '../../src/stats/adjust-p.ts'
import type { GroupScale, RunFacts, ServiceAnalysis } from '../analysis.ts'
import { DIMENSION_WORDS, groupWords } from './group-words.ts'
import { scaleWords } from './measure-words.ts'
import { inSentence, intervalCell, pValue, table } from './text.ts'

const TOO_FEW = say`too few to say`

/**
 * Every leading measure by group, a table for each fact that groups are told apart by. The groups of the main measure have their numbers in the
 * table of groups and only their test here, so that the same people have one released number. None with a single measure and no test.
 */
export function groupScaleTables(
  gate: Gate,
  { group_minimum_n }: RunFacts,
  { groups }: ServiceAnalysis,
): readonly ReleasedTable[] {
  const all = groups.flatMap(({ dimension, groups: of }) =>
    of.flatMap(({ value, scales }) => scales.map((scale, place) => ({ dimension, value, scale, isMain: place === 0 }))),
  )
  const enough = (it: GroupScale) => Math.min(it.n_paired, it.n_others) >= group_minimum_n
  const screened = benjaminiHochberg(all.map(({ scale }) => (enough(scale) ? scale.p_against_others : null)))
  const rows = all.map((it, i) => ({ ...it, bh_p: screened[i] ?? null }))
  if (screened.every((p) => p === null)) return []
  return groups.map(({ dimension }) =>
    table(
      gate,
      `group-scales-${dimension.replaceAll('_', '-')}`,
      `Every leading measure by ${inSentence(DIMENSION_WORDS[dimension])}`,
      [
        ['measure', 'Measure', 'text'],
        ['label', DIMENSION_WORDS[dimension], 'text'],
        ['paired', 'Two scores', 'count'],
        ['improvement', 'Mean improvement, points', 'number'],
        ['range', '95% interval', 'text'],
        ['p', 'p, against all others (BH)', 'number'],
      ],
      rows
        .filter((it) => it.dimension === dimension)
        .toSorted((a, b) => Number(b.isMain) - Number(a.isMain) || order(a.scale, b.scale))
        .map(({ scale, value, isMain, bh_p }) => ({
          measure: gate.label(scaleWords(scale.measure_name, scale.scale_id, scale.scale_label)),
          label: gate.label(groupWords(dimension, value)),
          ...(isMain ? inGroupsTable(gate) : ownNumbers(gate, scale, group_minimum_n)),
          p: enough(scale)
            ? pValue(
                gate.statistic(bh_p, {
                  n: Math.min(scale.n_paired, scale.n_others),
                  decimals: 3,
                  reason: say`no spread`,
                }),
              )
            : gate.absent(TOO_FEW),
        })),
      [
        say`A screen, not a test of what was asked beforehand: each group’s mean change against that of everyone else in the service (Welch), with Benjamini and Hochberg’s p over all groups and measures of these tables. Under 0.05, one in twenty of those so marked may be chance.`,
      ],
    ),
  )
}

function order(a: GroupScale, b: GroupScale): number {
  const [first, second] = [a, b].map((it) => `${it.measure_name} ${it.scale_label}`) as [string, string]
  return first < second ? -1 : first > second ? 1 : 0
}

function inGroupsTable(gate: Gate): ReleasedRow {
  const above = gate.absent(say`see Change by group`)
  return { paired: above, improvement: above, range: say`see Change by group` }
}

function ownNumbers(gate: Gate, scale: GroupScale, minimum: number): ReleasedRow {
  const paired = gate.count(scale.n_paired)
  if (scale.n_paired < minimum) return { paired, improvement: gate.absent(TOO_FEW), range: TOO_FEW }
  const points = (value: number | null | undefined) =>
    gate.statistic(value ?? null, { n: scale.n_paired, decimals: 1, reason: say`no spread` })
  return {
    paired,
    improvement: points(scale.mean_improvement),
    range: intervalCell(points(scale.improvement_ci95?.[0]), points(scale.improvement_ci95?.[1])),
  }
}
