import type { RiskState } from '../../src/change/risk-transitions.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import { releasedShare, releaseOutcome } from './release-outcome.ts'
import { intervalCell, table } from './text.ts'

/** Each measure by its own rules: what its authors, or the national programme, count. */
export function measureSections(gate: Gate, facts: RunFacts, service: ServiceAnalysis): readonly ReportSection[] {
  const tables = [
    talkingTherapiesTable(gate, service),
    goalsTable(gate, service),
    sideBySideTable(gate, facts, service),
    clusterTable(gate, service),
    riskTable(gate, service),
    friendsAndFamilyTable(gate, service),
  ].filter((it) => it !== null)
  if (tables.length === 0) return []
  return [
    {
      id: 'measure-by-measure',
      title: say`Measure by measure`,
      lead: say`Some measures are read by rules of their own. They are kept apart from the change above, and none of them is a verdict on the service.`,
      figures: [],
      tables,
      notes: [],
    },
  ]
}

/** NHS Talking Therapies' national rates. */
function talkingTherapiesTable(gate: Gate, { talking_therapies: it }: ServiceAnalysis): ReleasedTable | null {
  if (it === null) return null
  const { cells, total } = gate.partition({
    reliably: it.case_recovered_reliably,
    only: it.case_recovered_only,
    not_recovered: it.case_not_recovered,
  })
  const recovered = gate.partition({ reliably: it.case_recovered_reliably, only: it.case_recovered_only }).total
  const changed = gate.partition({
    improved: it.reliably_improved,
    deteriorated: it.reliably_deteriorated,
    neither: it.n_counted - it.reliably_improved - it.reliably_deteriorated,
  })
  // Both are added up from rounded counts: the part is never printed as more than the whole.
  const cases = gate.derive([total, changed.total], (part, whole) => Math.min(part, whole))
  const row = (
    label: ReleasedText,
    of: ReleasedText,
    share: ReturnType<typeof releasedShare>,
    whole: typeof total,
  ) => ({
    label,
    of,
    n: share.count,
    whole,
    percent: share.percent,
    range: intervalCell(share.low, share.high),
  })
  return table(
    gate,
    'talking-therapies',
    'PHQ-9 and GAD-7 by the rules of NHS Talking Therapies',
    [
      ['label', 'Outcome', 'text'],
      ['of', 'Of', 'text'],
      ['n', 'People', 'count'],
      ['whole', 'Of how many', 'count'],
      ['percent', 'Share', 'percent'],
      ['range', '95% interval', 'text'],
    ],
    [
      row(say`Recovered`, say`at caseness at the start`, releasedShare(gate, recovered, cases), cases),
      row(say`Reliably recovered`, say`at caseness at the start`, releasedShare(gate, cells.reliably, cases), cases),
      row(
        say`Reliably improved`,
        say`everyone counted`,
        releasedShare(gate, changed.cells.improved, changed.total),
        changed.total,
      ),
      row(
        say`Reliably deteriorated`,
        say`everyone counted`,
        releasedShare(gate, changed.cells.deteriorated, changed.total),
        changed.total,
      ),
    ],
    [
      say`Caseness: PHQ-9 of 10 or more, or GAD-7 of 8 or more. Recovered: both below at the last score. Reliably improved: one better by its threshold (6 and 4 points) and neither worse by its own. Those below caseness at the start are not in the recovery rates.`,
      say`Counted: episodes that have ended, with two or more attended contacts where contacts were supplied, and two scores of both. Left out: ${gate.count(it.not_ended)} not ended, ${gate.count(it.under_two_contacts)} with fewer than two contacts, ${gate.count(it.under_two_scores)} without two scores of both.`,
    ],
  )
}

/** Goals, one by one. */
function goalsTable(gate: Gate, { goals: it }: ServiceAnalysis): ReleasedTable | null {
  if (it === null) return null
  const { cells, total } = gate.partition({
    improved: it.improved,
    no_change: it.no_change,
    no_room: it.no_room,
    deteriorated: it.deteriorated,
    not_rated_again: it.not_rated_again,
  })
  const row = (label: ReleasedText, n: (typeof cells)['improved']) => ({ label, n, percent: gate.percentage(n, total) })
  const points = gate.fact(it.change_points)
  return table(
    gate,
    'goals',
    'Goals, one by one',
    [
      ['label', 'What became of the goal', 'text'],
      ['n', 'Goals', 'count'],
      ['percent', 'Of all goals', 'percent'],
    ],
    [
      row(say`Better by ${points} points or more`, cells.improved),
      row(say`No such change`, cells.no_change),
      row(say`No such change, and begun too high for one`, cells.no_room),
      row(say`Worse by ${points} points or more`, cells.deteriorated),
      row(say`Not rated a second time`, cells.not_rated_again),
      row(say`All goals`, total),
    ],
    [
      goalIdentity(gate, it.replaced),
      say`First rated after the person’s first form: ${gate.count(it.set_later)}. Rated as fully reached the last time: ${gate.count(it.reached)}.`,
    ],
  )
}

function goalIdentity(gate: Gate, replaced: number | null): ReleasedText {
  const known = say`A goal is known by its number on the form; its words are never read.`
  return replaced === null
    ? say`${known} The export does not say when a goal was set, so one that was replaced under the same number cannot be told from one that was rated again.`
    : say`${known} The export says when goals were set: ${gate.count(replaced)} were replaced by another under the same number, and the ratings of the two are not compared. The goal that came first is the one counted here.`
}

const DIAGNOSIS_WORDS: Readonly<Record<string, string>> = { CPTSD: 'Complex PTSD', PTSD: 'PTSD', NONE: 'Neither' }

/** The ITQ's probable diagnosis beside the PCL-5. */
function sideBySideTable(gate: Gate, facts: RunFacts, { side_by_side: it }: ServiceAnalysis): ReleasedTable | null {
  if (it === null) return null
  return table(
    gate,
    'itq-beside-pcl',
    'ITQ and PCL-5 side by side',
    [
      ['label', 'First ITQ: probable diagnosis', 'text'],
      ['above', 'PCL-5 at or above the cut-off', 'count'],
      ['below', 'PCL-5 below it', 'count'],
      ['share', 'At or above', 'percent'],
    ],
    it.cells.map(({ diagnosis, at_or_above, below }) => {
      const { cells, total } = gate.partition({ above: at_or_above, below })
      return {
        label: gate.label(DIAGNOSIS_WORDS[diagnosis] ?? diagnosis),
        ...cells,
        share: gate.percentage(cells.above, total),
      }
    }),
    [
      say`The first ITQ of an episode that has a PCL-5 within ${gate.fact(facts.side_by_side_days)} days, the nearest one. Cut-off of the PCL-5: ${gate.fact(it.cutoff)}. The two follow different manuals (ICD-11 and DSM-5), so some disagreement is expected and none is an error.`,
    ],
  )
}

/** PCL-5 clusters, mean change of each. */
function clusterTable(gate: Gate, service: ServiceAnalysis): ReleasedTable | null {
  const clusters = service.outcomes.filter((it) => it.measure_id === 'pcl-5' && it.scale_id.startsWith('cluster_'))
  if (clusters.length === 0) return null
  const released = clusters.toSorted((a, b) => (a.scale_id < b.scale_id ? -1 : 1)).map((it) => releaseOutcome(gate, it))
  return table(
    gate,
    'pcl-clusters',
    'PCL-5 by cluster of symptoms',
    [
      ['label', 'Cluster', 'text'],
      ['largest', 'Highest possible', 'number'],
      ['n', 'Two scores', 'count'],
      ['pre', 'Mean first', 'number'],
      ['post', 'Mean last', 'number'],
      ['change', 'Mean improvement', 'number'],
      ['range', '95% interval', 'text'],
    ],
    released.map((it) => ({
      label: gate.label(CLUSTER_WORDS[it.outcome.scale_id] ?? it.outcome.scale_label),
      largest: gate.fact(it.outcome.max_score),
      n: it.paired,
      pre: it.mean_pre,
      post: it.mean_post,
      change: it.improvement,
      range: intervalCell(it.improvement_low, it.improvement_high),
    })),
    [say`Clusters have no threshold of reliable change, and differ in how many points there are to lose.`],
  )
}

const CLUSTER_WORDS: Readonly<Record<string, string>> = {
  cluster_b: 'B: re-experiencing',
  cluster_c: 'C: avoidance',
  cluster_d: 'D: thinking and mood',
  cluster_e: 'E: arousal',
}

const RISK_WORDS: Readonly<Record<RiskState, string>> = {
  none: 'None',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  very_high: 'Very high',
  missing: 'Missing',
}

/** First against last rating of risk; missing is a state like the others. */
function riskTable(gate: Gate, { risk: it }: ServiceAnalysis): ReleasedTable | null {
  if (it === null) return null
  const cell = (first: RiskState, last: RiskState) =>
    gate.count(it.cells.find((one) => one.first === first && one.last === last)?.n ?? 0)
  return table(
    gate,
    'risk-transitions',
    'Risk as rated, first and last',
    [
      ['label', 'First rating', 'text'],
      ...it.states.map((last) => [`last_${last}`, `Last: ${RISK_WORDS[last].toLowerCase()}`, 'count'] as const),
    ],
    it.states.map((first) => ({
      label: gate.label(RISK_WORDS[first]),
      ...Object.fromEntries(it.states.map((last) => [`last_${last}`, cell(first, last)])),
    })),
    [
      say`Episodes since the service first rated risk. A rating that is missing is not a low one: people whose risk was not rated a second time stand in the last column.`,
    ],
  )
}

const ANSWERS = ['very_good', 'good', 'neither', 'poor', 'very_poor', 'dont_know'] as const

/** The friends and family test, as published: positive and negative of all answers, those who do not know among them. */
function friendsAndFamilyTable(gate: Gate, { counts }: ServiceAnalysis): ReleasedTable | null {
  const answers = counts.filter((it) => it.subject === 'fft')
  if (answers.length === 0) return null
  const n = (category: (typeof ANSWERS)[number]) =>
    answers.filter((it) => it.category === category).reduce((sum, it) => sum + it.n, 0)
  const { cells, total } = gate.partition({
    very_good: n('very_good'),
    good: n('good'),
    neither: n('neither'),
    poor: n('poor'),
    very_poor: n('very_poor'),
    dont_know: n('dont_know'),
  })
  const sum = (...parts: (keyof typeof cells)[]) =>
    gate.partition(Object.fromEntries(parts.map((part) => [part, n(part)]))).total
  const positive = releasedShare(gate, sum('very_good', 'good'), total)
  const negative = releasedShare(gate, sum('poor', 'very_poor'), total)
  return table(
    gate,
    'friends-and-family',
    'Friends and family test',
    [
      ['label', 'Answer', 'text'],
      ['n', 'Answers', 'count'],
      ['percent', 'Of all answers', 'percent'],
    ],
    [
      { label: say`Very good or good`, n: positive.count, percent: positive.percent },
      { label: say`Neither good nor poor`, n: cells.neither, percent: gate.percentage(cells.neither, total) },
      { label: say`Poor or very poor`, n: negative.count, percent: negative.percent },
      { label: say`Don’t know`, n: cells.dont_know, percent: gate.percentage(cells.dont_know, total) },
      { label: say`All`, n: total, percent: gate.percentage(total, total) },
    ],
    [say`Counted as it came, joined to nobody. People choose whether to answer: not for comparing services.`],
  )
}
