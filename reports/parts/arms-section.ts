import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import type { Analysis, RunFacts, ServiceAnalysis, UsageAnalysis } from '../analysis.ts'
import type { ArmKey, ArmsAnalysis } from '../analysis-arms.ts'
import { DIMENSION_WORDS, groupWords } from './group-words.ts'
import { scaleName } from './outcome-figures.ts'
import {
  type ReleasedArmOutcome,
  type ReleasedArmUse,
  releaseArmOutcomes,
  releaseArms,
  releaseArmUse,
  releaseEntry,
  releaseMix,
} from './release-arms.ts'
import { estimateCell, inSentence, interval, intervalCell, table } from './text.ts'
import { shortUsage } from './usage-figures.ts'
import { mainUsage } from './usage-words.ts'

/** Outcome and cost by intervention arm: who is in each first, and that nobody was randomised. None without two arms. */
export function armSections(gate: Gate, analysis: Analysis, service: ServiceAnalysis): readonly ReportSection[] {
  const { facts } = analysis
  const { arms } = service
  if (arms === null) return []
  const usage = analysis.usage.find((it) => it.service.code === service.service.code)
  const use = usage === undefined ? null : releaseArmUse(gate, facts, usage)
  const outcomes = (arms.arms[0]?.entry ?? []).map((scale) => releaseArmOutcomes(gate, facts, arms.arms, scale))
  const figure = armForest(gate, outcomes[0] ?? [])
  return [
    {
      id: 'arms',
      title: say`Intervention arms: who is in each`,
      lead: say`People were not randomised to an arm: they chose it, or were offered it, for reasons that also bear on how they fare. The tables here show how far the arms’ people differ from the start. A difference between arms is therefore not the effect of one over another.`,
      figures: [],
      tables: [armsTable(gate, facts, arms), mixTable(gate, arms, usage, use)],
      notes: [],
    },
    {
      id: 'arms-compared',
      title: say`Outcome and cost by intervention arm`,
      lead: say`What was seen in each arm. These are not effects: nobody was randomised, and the arms’ people differ as shown above.`,
      figures: figure === null ? [] : [figure],
      tables: [outcomesTable(gate, outcomes), ...useTables(gate, usage, use)].filter((it) => it !== null),
      notes: [
        say`An arm with fewer than ${gate.fact(facts.group_minimum_n)} episodes with two scores, or as few people with use of services to compare, is too small to say anything of.`,
        ...(gate.policy.is_internal
          ? []
          : [
              say`The arms add up to the service. Where one is withheld, another is withheld with it, so that it cannot be had by subtraction.`,
            ]),
        ...(usage === undefined ? [say`No extract of service use was supplied, so there is no cost by arm.`] : []),
      ],
    },
  ]
}

const TOLD_BY: Readonly<Record<ArmsAnalysis['told_by'], string>> = {
  intervention: 'the intervention',
  pathway: 'the pathway',
  team: 'the team',
}

const TWO_ARMS_WORDS: Readonly<Record<RunFacts['two_arms'], string>> = {
  both: 'are a row of their own, with all their episodes and all their use of services',
  first: 'count in the first arm alone, with all their episodes and all their use of services',
  last: 'count in the last arm alone, with all their episodes and all their use of services',
}

function armWords({ standing, arm }: ArmKey): string {
  if (standing === 'arm') return arm
  return standing === 'two_arms' ? 'More than one arm' : 'No arm recorded'
}

function armsTable(gate: Gate, facts: RunFacts, arms: ArmsAnalysis): ReleasedTable {
  return table(
    gate,
    'arms',
    'People in each arm',
    [
      ['label', 'Arm', 'text'],
      ['people', 'People', 'count'],
      ['episodes', 'Episodes', 'count'],
    ],
    releaseArms(gate, arms).map(({ key, people, episodes }) => ({
      label: gate.label(armWords(key)),
      people,
      episodes,
    })),
    [
      say`The arm is ${gate.label(TOLD_BY[arms.told_by])} recorded on each referral. Everyone is in one row. People with two arms or more (${gate.count(arms.n_in_two_arms)}) ${gate.label(TWO_ARMS_WORDS[facts.two_arms])}.`,
    ],
  )
}

const MIX = ['age_band', 'gender', 'neurodiversity'] as const

/** Who the people of each arm were before anything was done. */
function mixTable(
  gate: Gate,
  { arms }: ArmsAnalysis,
  usage: UsageAnalysis | undefined,
  use: readonly ReleasedArmUse[] | null,
): ReleasedTable {
  const id = (at: number) => `arm_${at + 1}`
  const row = (dimension: string, label: string, cells: readonly ReleasedCell[]) => ({
    dimension: gate.label(dimension),
    label: gate.label(label),
    ...Object.fromEntries(cells.map((cell, at) => [id(at), cell])),
  })
  const people = MIX.flatMap((dimension) =>
    releaseMix(gate, arms, dimension).map(({ value, cells }) =>
      row(DIMENSION_WORDS[dimension], groupWords(dimension, value), cells.map(shareCell)),
    ),
  )
  const entry = (arms[0]?.entry ?? []).map(({ measure_name, scale_label, scale_id }, at) =>
    row('First score, mean', scale_id === 'total' ? measure_name : scale_label, releaseEntry(gate, arms, at)),
  )
  const main = usage === undefined ? undefined : mainUsage(usage)
  const prior =
    use === null || main === undefined
      ? []
      : [
          row(
            'Use before, per person-year',
            shortUsage(main.label),
            arms.map(
              ({ key }) => use.find((it) => isSame(it.key, key))?.rate_before ?? gate.absent(say`nobody joined`),
            ),
          ),
        ]
  return table(
    gate,
    'arm-case-mix',
    'Who is in each arm, at the start',
    [
      ['dimension', 'What', 'text'],
      ['label', 'Group', 'text'],
      ...arms.map(({ key }, at) => [id(at), armWords(key), 'number'] as const),
    ],
    [...people, ...entry, ...prior],
    [
      say`People as they were at their first episode, with their share of the arm. Read this before the outcomes: where the arms differ here, their outcomes would differ without any intervention.`,
    ],
  )
}

function isSame(a: ArmKey, b: ArmKey): boolean {
  return a.standing === b.standing && a.arm === b.arm
}

function shareCell({ people, percent }: { people: Released; percent: Released }): ReleasedCell {
  return people.is_shown && percent.is_shown ? say`${people} (${percent})` : people
}

function outcomesTable(gate: Gate, scales: readonly (readonly ReleasedArmOutcome[])[]): ReleasedTable | null {
  const rows = scales.flat()
  if (rows.length === 0) return null
  return table(
    gate,
    'arm-outcomes',
    'Outcomes by arm',
    [
      ['scale', 'Measure', 'text'],
      ['label', 'Arm', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['paired', 'Two scores', 'count'],
      ['improvement', 'Mean improvement, points', 'number'],
      ['range', '95% interval', 'text'],
      ['improved', 'Reliably improved', 'percent'],
    ],
    rows.map((it) => ({
      scale: scaleName(gate, it.outcome),
      label: gate.label(armWords(it.key)),
      eligible: it.eligible,
      paired: it.paired,
      improvement: it.improvement,
      range: intervalCell(it.improvement_low, it.improvement_high),
      improved: it.improved,
    })),
    [
      say`Episodes with two scores. How the others fared is not known, and more may be missing in one arm than in another.`,
    ],
  )
}

/** Mean improvement on the leading scale, an arm a row; null with fewer than two to draw. */
function armForest(gate: Gate, arms: readonly ReleasedArmOutcome[]): Figure | null {
  const drawn = arms.filter((it) => it.improvement.is_shown && it.improvement_low.is_shown)
  const sorted = drawn.toSorted((a, b) => (a.improvement.value ?? 0) - (b.improvement.value ?? 0))
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (least === undefined || most === undefined || drawn.length < 2) return null
  const name = (it: ReleasedArmOutcome) => gate.label(armWords(it.key))
  return {
    id: 'arms',
    title: say`${scaleName(gate, least.outcome)}: mean improvement by arm runs from ${least.improvement} (${name(least)}) to ${most.improvement} points (${name(most)}), of people who were not randomised`,
    summary: say`Mean change between first and last score in each arm, in points; right of zero is better. Bars are 95% intervals. Where bars overlap widely the arms cannot be told apart; where they do not, the people in them may be what differs.`,
    chart: 'change_forest',
    rows: drawn.map((it) => ({
      label: name(it),
      mean: it.improvement,
      low: it.improvement_low,
      high: it.improvement_high,
      note: say`${it.improvement} (${interval(it.improvement_low, it.improvement_high)})`,
    })),
    params: {
      x_title: gate.label('Mean improvement, points'),
      x_domain: axisEnds(
        gate,
        drawn.flatMap((it) => [it.improvement_low, it.improvement, it.improvement_high]),
      ),
    },
    table: table(
      gate,
      'arms-drawn',
      'Arms drawn',
      [
        ['label', 'Arm', 'text'],
        ['paired', 'Two scores', 'count'],
        ['improvement', 'Mean improvement, points', 'number'],
        ['range', '95% interval', 'text'],
      ],
      drawn.map((it) => ({
        label: name(it),
        paired: it.paired,
        improvement: it.improvement,
        range: intervalCell(it.improvement_low, it.improvement_high),
      })),
    ),
  }
}

function useTables(
  gate: Gate,
  usage: UsageAnalysis | undefined,
  use: readonly ReleasedArmUse[] | null,
): readonly ReleasedTable[] {
  const main = usage === undefined ? undefined : mainUsage(usage)
  if (use === null || usage === undefined || main === undefined) return []
  return [useTable(gate, main.label, use), costByArm(gate, usage, use)]
}

function useTable(gate: Gate, label: string, use: readonly ReleasedArmUse[]): ReleasedTable {
  return table(
    gate,
    'arm-use',
    `Use of services by arm: ${inSentence(label)}`,
    [
      ['label', 'Arm', 'text'],
      ['person_years_before', 'Person-years before', 'count'],
      ['person_years_after', 'Person-years after', 'count'],
      ['rate_before', 'Per person-year before', 'number'],
      ['rate_after', 'Per person-year after', 'number'],
      ['ratio', 'Ratio (95% interval)', 'number'],
    ],
    use.map((it) => ({
      label: gate.label(armWords(it.key)),
      person_years_before: it.person_years_before,
      person_years_after: it.person_years_after,
      rate_before: it.rate_before,
      rate_after: it.rate_after,
      ratio: estimateCell(it.ratio, it.ratio_low, it.ratio_high),
    })),
    [
      say`Before and after joining the service, whichever arm came first. A ratio below 1 is less use. People tend to join at their worst, in every arm.`,
    ],
  )
}

function costByArm(gate: Gate, { cost }: UsageAnalysis, use: readonly ReleasedArmUse[]): ReleasedTable {
  return table(
    gate,
    'arm-cost',
    'Cost of services used, by arm, per person-year',
    [
      ['label', 'Arm', 'text'],
      ['before', 'Before', 'money'],
      ['after', 'After', 'money'],
      ['difference', 'Difference', 'money'],
      ['range', '95% interval', 'text'],
    ],
    use.map((it) => ({
      label: gate.label(armWords(it.key)),
      before: it.cost_before,
      after: it.cost_after,
      difference: it.cost_difference,
      range: intervalCell(it.cost_low, it.cost_high),
    })),
    [pricesNote(gate, cost.basis.price_year)],
  )
}

function pricesNote(gate: Gate, year: string): ReleasedText {
  return say`NHS and personal social services, prices of ${gate.label(year)}, by the unit costs of the cost section. What each arm itself costs to run is not in it: a service’s own cost is supplied for the service as a whole. Below zero is less cost.`
}
