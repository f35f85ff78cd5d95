import { releaseValue } from '../../reports/parts/release-value.ts'
import { interval } from '../../reports/parts/text.ts'
import { acceptability, cePlane } from '../../reports/parts/value-figures.ts'
import { createGate, type Gate } from '../../src/disclosure/gate.ts'
import type { PolicyId } from '../../src/disclosure/policy.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedColumn, ReleasedRow, ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds, ratioAxisEnds } from '../../src/report/axis-ends.ts'
import type { ChartId, ChartParams, Figure, ReportDocument } from '../../src/report/document.ts'
import { serviceFigures } from './sample-services.ts'
import { syntheticValue } from './synthetic-value.ts'

/** A report with every chart and some withheld cells, made of plausible numbers about nobody. */
export function sampleDocument(policy: PolicyId = 'hes-7/5'): ReportDocument {
  const gate = createGate(policy)
  const figures = [
    funnel(gate),
    completenessMonths(gate),
    completenessTrend(gate),
    categoryBars(gate),
    changeForest(gate),
    domainProfile(gate),
    eventTime(gate),
    rateRatios(gate),
    useDistribution(gate),
    ...serviceFigures(gate),
    costCategories(gate),
    costPayers(gate),
    tornado(gate),
    outcomeFlow(gate),
    followUpStates(gate),
    ...valueFigures(gate),
    ...(gate.policy.is_internal ? [rciScatter(gate), waterfall(gate), slope(gate)] : []),
  ]
  const { cells, total: paired } = gate.partition(REQOL_CHANGE)
  const improved = cells.improved
  return {
    id: 'sample',
    audience: 'evaluation',
    title: say`Open Access Therapeutic Support: before and after joining`,
    subtitle: say`Gloucestershire · people who joined between April 2023 and March 2025`,
    finding: say`${gate.percentage(improved, paired)} of people with two scores improved reliably.`,
    policy: gate.policy,
    generated_from: { data_period: say`1 April 2019 to 31 March 2026`, software: say`outcomes-pipeline 0.1.0` },
    cohort: [
      say`Everyone who joined the service between 1 April 2023 and 31 March 2025: ${gate.count(214)} people.`,
      say`Counted from the day of first attendance, with up to 12 months on each side.`,
      say`${gate.count(5)} people with no recorded day of joining are left out.`,
    ],
    headlines: [
      {
        label: say`Improved reliably`,
        value: gate.percentage(improved, paired),
        detail: say`of ${paired} people with two ReQoL-10 scores; interval 43% to 57%`,
        tone: 'good',
      },
      {
        label: say`A&E visits`,
        value: gate.statistic(0.62, { n: 200, decimals: 2 }),
        detail: say`times the rate before joining`,
        tone: 'good',
      },
      {
        label: say`Follow-up score`,
        value: gate.percentage(
          paired,
          gate.stages({ eligible: 214, paired: 182 }, gate.partition(REQOL_CHANGE)).eligible,
        ),
        detail: say`of ${gate.count(214)} eligible people have one`,
        tone: 'caution',
      },
      {
        label: say`Detained under section 136`,
        value: gate.count(4),
        detail: say`after joining, against ${gate.count(13)} before`,
      },
    ],
    sections: [
      {
        id: 'who',
        title: say`Who is counted, and who is missing`,
        lead: say`Read this first: the people with two scores are not everyone who came.`,
        figures: figures.slice(0, 2),
        tables: [],
        notes: [say`A form counts in the month it was filled in.`],
      },
      {
        id: 'change',
        title: say`Did people get better?`,
        lead: say`About half improved by more than the measure's error; few got reliably worse.`,
        figures: figures.slice(2, 5),
        tables: [changeTable(gate)],
        notes: [],
      },
      {
        id: 'use',
        title: say`Did use of emergency and hospital care change?`,
        lead: say`Rates fell after joining. There is no comparison group, and people join when things are at their worst, so part of any fall would have come anyway.`,
        figures: figures.slice(5, 8),
        tables: [],
        notes: [],
      },
      {
        id: 'cost',
        title: say`What did it cost?`,
        lead: say`Emergency care cost less in the year after joining, mostly to the mental health trust.`,
        figures: figures.slice(8),
        tables: [],
        notes: [],
      },
    ],
    methods: [
      {
        title: say`Reliable change`,
        text: say`A change of ${gate.fact(5)} points or more on ReQoL-10.`,
        source: say`Keetharuth and others, 2018`,
      },
      { title: say`Intervals`, text: say`Wilson intervals for percentages and t intervals for means, both at 95%.` },
    ],
    glossary: [
      { term: say`Person-year`, meaning: say`One person followed for a year, or two for six months each.` },
      { term: say`Paired`, meaning: say`With a first and a later score of the same measure.` },
    ],
  }
}

const REQOL_CHANGE = { improved: 91, unchanged: 78, worse: 13 }

function figure(
  id: string,
  chart: ChartId,
  words: Pick<Figure, 'title' | 'summary'>,
  columns: readonly ReleasedColumn[],
  rows: readonly ReleasedRow[],
  params: ChartParams,
): Figure {
  const table: ReleasedTable = { id: `${id}-table`, title: words.title, columns, rows, notes: [] }
  return { id, chart, ...words, rows, params, table }
}

function funnel(gate: Gate): Figure {
  const rows = [
    ['ReQoL-10', { eligible: 214, baseline: 201, paired: 182 }],
    ['DIALOG', { eligible: 188, baseline: 140, paired: 77 }],
    ['Goal-based outcomes', { eligible: 60, baseline: 22, paired: 6 }],
  ] as const
  const released = rows.flatMap(([label, counts]) => {
    const stages = gate.stages(counts, label === 'ReQoL-10' ? gate.partition(REQOL_CHANGE) : undefined)
    const names = { eligible: say`Eligible`, baseline: say`First score`, paired: say`Two scores` }
    return (['eligible', 'baseline', 'paired'] as const).map((stage) => ({
      label: gate.label(label),
      stage: names[stage],
      people: stages[stage],
    }))
  })
  return figure(
    'funnel',
    'completeness_funnel',
    {
      title: say`Most people have two ReQoL-10 scores; far fewer have two DIALOG scores`,
      summary: say`For each measure, how many people were eligible, had a first score, and had two scores.`,
    },
    [text('label', 'Measure'), text('stage', 'Stage'), count('people', 'People')],
    released,
    {
      x_title: say`People`,
      x_domain: axisEnds(
        gate,
        released.map((row) => row.people),
      ),
    },
  )
}

function completenessMonths(gate: Gate): Figure {
  const rows = ['ReQoL-10', 'DIALOG', 'Goal-based outcomes'].flatMap((label, measure) =>
    Array.from({ length: 24 }, (_, i) => ({
      label: gate.label(label),
      month: gate.label(`${2024 + Math.floor((i + 3) / 12)}-${String(((i + 3) % 12) + 1).padStart(2, '0')}`),
      forms: gate.count([30 - (i % 7), 14 + (i % 5), (i * 3) % 13][measure] as number),
    })),
  )
  return figure(
    'forms',
    'completeness_months',
    {
      title: say`DIALOG forms come in at half the pace of ReQoL-10`,
      summary: say`Forms received in each month from April 2024 to March 2026, by measure.`,
    },
    [text('label', 'Measure'), text('month', 'Month'), count('forms', 'Forms')],
    rows,
    {
      colour_domain: axisEnds(
        gate,
        rows.map((row) => row.forms),
      ),
      legend_title: say`Forms in the month`,
    },
  )
}

function completenessTrend(gate: Gate): Figure {
  const rows = Array.from({ length: 24 }, (_, i) => ({
    month: gate.label(`${2024 + Math.floor((i + 3) / 12)}-${String(((i + 3) % 12) + 1).padStart(2, '0')}-01`),
    eligible: i === 5 ? 3 : 40 + i,
  })).flatMap(({ month, eligible }, i) => {
    const stages = gate.stages({ eligible, first: Math.min(eligible, 30 + i), two: Math.max(0, eligible - 15 - i) })
    return [
      { month, stage: say`First score`, share: gate.percentage(stages.first, stages.eligible) },
      { month, stage: say`Two scores`, share: gate.percentage(stages.two, stages.eligible) },
    ]
  })
  return figure(
    'trend',
    'completeness_trend',
    {
      title: say`Nine in ten of the newest episodes have a first ReQoL-10 score`,
      summary: say`Share of the episodes that started in each month with a first score, and with two.`,
    },
    [text('month', 'Month'), text('stage', 'Scores'), { id: 'share', label: say`Share`, kind: 'percent' }],
    rows,
    { y_title: say`Share of episodes (%)` },
  )
}

function categoryBars(gate: Gate): Figure {
  const tables = { 'ReQoL-10': [91, 78, 13], 'DIALOG subjective quality of life': [31, 41, 5], 'PCL-5': [24, 18, 0] }
  const rows = Object.entries(tables).flatMap(([label, [improved = 0, unchanged = 0, worse = 0]]) => {
    const { cells, total } = gate.partition({ improved, unchanged, worse })
    const names = { improved: say`Improved`, unchanged: say`No reliable change`, worse: say`Deteriorated` }
    return (['improved', 'unchanged', 'worse'] as const).map((name) => {
      const [low, high] = wilson(gate, cells[name], total)
      return {
        label: gate.label(label),
        category: names[name],
        people: cells[name],
        percent: gate.percentage(cells[name], total),
        low,
        high,
      }
    })
  })
  const table = rows.map((row) => ({ ...row, interval: interval(row.low, row.high) }))
  return figure(
    'categories',
    'category_bars',
    {
      title: say`Half of those with two ReQoL-10 scores improved reliably`,
      summary: say`Per cent improved, unchanged and deteriorated, with 95% intervals.`,
    },
    [
      text('label', 'Measure'),
      text('category', 'Change'),
      count('people', 'People'),
      { ...count('percent', 'Per cent'), kind: 'percent' },
      text('interval', '95% interval'),
    ],
    table,
    { x_title: say`People with two scores`, x_domain: [gate.fact(0), gate.fact(100)] },
  )
}

function changeForest(gate: Gate): Figure {
  const rows = (
    [
      ['ReQoL-10', 6.1, 5.0, 7.2, 182],
      ['DIALOG subjective quality of life', 0.6, 0.3, 0.9, 77],
      ['PCL-5', 8.4, 3.9, 12.9, 42],
      ['Goal-based outcomes', 2, 1, 3, 6],
    ] as const
  ).map(([label, mean, low, high, n]) => {
    const released = {
      mean: gate.statistic(mean, { n, decimals: 1 }),
      low: gate.statistic(low, { n, decimals: 1 }),
      high: gate.statistic(high, { n, decimals: 1 }),
    }
    return {
      label: gate.label(label),
      ...released,
      note: say`${released.mean} (${interval(released.low, released.high)})`,
    }
  })
  return figure(
    'change',
    'change_forest',
    {
      title: say`Scores moved towards better on every measure with enough people`,
      summary: say`Mean improvement and its 95% interval, in the points of each measure.`,
    },
    [
      text('label', 'Measure'),
      { ...count('mean', 'Mean improvement'), kind: 'number' },
      text('note', 'With 95% interval'),
    ],
    rows,
    {
      x_title: say`Mean improvement, points`,
      x_domain: axisEnds(
        gate,
        rows.flatMap((row) => [row.low, row.high]),
      ),
    },
  )
}

function domainProfile(gate: Gate): Figure {
  const names = [
    'Mental health',
    'Physical health',
    'Job situation',
    'Accommodation',
    'Leisure activities',
    'Relationship with partner or family',
    'Friendships',
    'Personal safety',
  ]
  const rows = names.map((name, i) => ({
    label: gate.label(name),
    pre: gate.statistic(3.1 + 0.17 * i, { n: i === 5 ? 5 : 77, decimals: 1 }),
    post: gate.statistic(4.2 + 0.1 * i, { n: i === 5 ? 5 : 77, decimals: 1 }),
  }))
  return figure(
    'domains',
    'domain_profile',
    {
      title: say`Satisfaction rose most for mental health`,
      summary: say`Mean DIALOG rating of eight parts of life at the first and last assessment.`,
    },
    [
      text('label', 'Part of life'),
      { ...count('pre', 'First'), kind: 'number' },
      { ...count('post', 'Last'), kind: 'number' },
    ],
    rows,
    {
      x_title: say`Mean rating, 1 (worst) to 7 (best)`,
      x_domain: [gate.fact(1), gate.fact(7)],
      pre_label: say`First assessment`,
      post_label: say`Last assessment`,
    },
  )
}

function eventTime(gate: Gate): Figure {
  const rows = Array.from({ length: 24 }, (_, i) => {
    const month = i - 12
    const events = month < 0 ? 14 + i * 2 : Math.max(4, 22 - 2 * month)
    const person_months = gate.count(200 - Math.max(0, month) * 5)
    const released = gate.count(events)
    return {
      month_offset: gate.fact(month),
      events: released,
      person_months,
      rate: gate.derive([released, person_months], (e, m) => (12 * e) / m, { decimals: 1 }),
    }
  })
  return figure(
    'months',
    'event_time',
    {
      title: say`A&E visits rose up to joining and fell after it`,
      summary: say`A&E visits per person-year in each month from 12 before joining to 12 after, with the person-months each rests on.`,
    },
    [
      count('month_offset', 'Month from joining'),
      count('events', 'Visits'),
      count('person_months', 'Person-months'),
      { ...count('rate', 'Visits per person-year'), kind: 'number' },
    ],
    rows,
    {
      x_title: say`Month from joining`,
      y_title: say`Visits per person-year`,
      y_domain: axisEnds(
        gate,
        rows.map((row) => row.rate),
      ),
      person_months_domain: axisEnds(
        gate,
        rows.map((row) => row.person_months),
      ),
      joining_label: say`Joined`,
    },
  )
}

function rateRatios(gate: Gate): Figure {
  const rows = (
    [
      ['A&E, mental health', 0.62, 0.48, 0.8, 200],
      ['Section 136 detention', 0.4, 0.12, 1.3, 5],
      ['Mental health admission', 0.71, 0.43, 1.18, 200],
      ['Crisis line call', 1.12, 0.9, 1.4, 200],
    ] as const
  ).map(([label, ratio, low, high, n]) => {
    const released = {
      ratio: gate.statistic(ratio, { n, decimals: 2 }),
      low: gate.statistic(low, { n, decimals: 2 }),
      high: gate.statistic(high, { n, decimals: 2 }),
    }
    return {
      label: gate.label(label),
      ...released,
      note: say`${released.ratio} (${interval(released.low, released.high)})`,
    }
  })
  const ends = ratioAxisEnds(
    gate,
    rows.flatMap((row) => [row.low, row.high]),
  )
  return figure(
    'ratios',
    'rate_ratio_forest',
    {
      title: say`A&E visits fell; for the rest the intervals cross no change`,
      summary: say`Rate after joining divided by rate before, with 95% intervals.`,
    },
    [text('label', 'Service'), { ...count('ratio', 'Rate ratio'), kind: 'number' }, text('note', 'With 95% interval')],
    rows,
    {
      x_title: say`Rate after ÷ rate before (log scale)`,
      x_domain: ends,
      x_ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10].map((tick) => gate.fact(tick)),
    },
  )
}

function useDistribution(gate: Gate): Figure {
  const before = gate.partition({ none: 88, one: 54, two: 37, three: 35 })
  const after = gate.partition({ none: 131, one: 50, two: 27, three: 6 })
  const names = { none: say`None`, one: say`One`, two: say`Two`, three: say`Three or more` }
  const rows = (['none', 'one', 'two', 'three'] as const).flatMap((name) => [
    { label: names[name], period: say`12 months before`, people: before.cells[name] },
    { label: names[name], period: say`12 months after`, people: after.cells[name] },
  ])
  return figure(
    'uses',
    'use_distribution',
    {
      title: say`More people had no A&E visit in the year after joining`,
      summary: say`People by number of A&E visits in the 12 months before and after.`,
    },
    [text('label', 'Visits'), text('period', 'Period'), count('people', 'People')],
    rows,
    {
      x_title: say`People`,
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.people),
      ),
    },
  )
}

function costCategories(gate: Gate): Figure {
  const rows = (
    [
      ['Mental health admission', 182_340, 121_980, 200],
      ['A&E', 61_230, 38_440, 200],
      ['Ambulance', 40_110, 33_050, 200],
      ['Section 136 detention', 21_000, 9_000, 5],
    ] as const
  ).flatMap(([label, before, after, n]) => [
    { label: gate.label(label), period: say`12 months before`, cost: gate.statistic(before, { n, unit: 'gbp' }) },
    { label: gate.label(label), period: say`12 months after`, cost: gate.statistic(after, { n, unit: 'gbp' }) },
  ])
  return figure(
    'costs',
    'cost_categories',
    {
      title: say`Admissions make up most of the cost, and most of the fall`,
      summary: say`Cost of each kind of care in the 12 months before and after joining, at 2024/25 prices.`,
    },
    [text('label', 'Care'), text('period', 'Period'), { ...count('cost', 'Cost'), kind: 'money' }],
    rows,
    {
      x_title: say`Cost at 2024/25 prices`,
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.cost),
      ),
    },
  )
}

function costPayers(gate: Gate): Figure {
  const rows = (
    [
      ['Mental health trust', -60_360, 200],
      ['Acute trust', -22_790, 200],
      ['Ambulance trust', -7_060, 200],
      ['Police', -3_000, 5],
      ['General practice', 4_220, 200],
    ] as const
  ).map(([label, change, n]) => ({ label: gate.label(label), change: gate.statistic(change, { n, unit: 'gbp' }) }))
  return figure(
    'payers',
    'cost_payers',
    {
      title: say`The mental health trust sees most of the fall; general practice pays a little more`,
      summary: say`Change in cost from the year before to the year after joining, by who pays.`,
    },
    [text('label', 'Payer'), { ...count('change', 'Change in cost'), kind: 'money' }],
    rows,
    {
      x_title: say`Change in cost at 2024/25 prices`,
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.change),
      ),
    },
  )
}

function tornado(gate: Gate): Figure {
  const money = (pounds: number, n = 200) => gate.statistic(pounds, { n, unit: 'gbp' })
  const rows = (
    [
      ['Share of the change that is the service’s doing', 900, -780, 200],
      ['Price: mental health admission, bed days', 210, -1_770, 200],
      ['What the service itself costs', -1_580, 20, 200],
      ['Price: ambulance call-out', -700, -860, 200],
      ['Price: section 136 detention', 0, 0, 5],
    ] as const
  ).map(([label, low, high, n]) => ({ label: gate.label(label), low: money(low, n), high: money(high, n) }))
  return figure(
    'tornado',
    'tornado',
    {
      title: say`The net cost turns with more than one thing, first of all the share that is the service’s doing`,
      summary: say`Net cost a person when one thing is changed at a time.`,
    },
    [
      text('label', 'What is changed'),
      { ...count('low', 'At the first value'), kind: 'money' },
      { ...count('high', 'At the second'), kind: 'money' },
    ],
    rows,
    {
      x_title: say`Net pounds a person, first year; below nought is less cost`,
      x_domain: axisEnds(
        gate,
        rows.flatMap((row) => [row.low, row.high]),
      ),
      base: money(-780),
      low_label: say`At the first value`,
      high_label: say`At the second`,
    },
  )
}

function outcomeFlow(gate: Gate): Figure {
  const rows = (
    [
      ['first', 'eligible episodes', 214, 'No first score: 32'],
      ['chain', 'with a first score (121 have a second)', 182, ''],
      ['branch', 'score near the end', 121, 'No score near the end: 61'],
      ['branch', 'score 3 months after', 3, 'Due, no score: 100\nNot due yet: 40\nBack in care: 20'],
    ] as const
  ).map(([place, label, n, left]) => ({
    stage: gate.label(label),
    label: gate.label(label),
    people: gate.count(n),
    left: gate.label(left),
    place: gate.label(place),
  }))
  return figure(
    'flow',
    'outcome_flow',
    { title: say`Most people have a first score`, summary: say`Who goes on at each step, and who does not.` },
    [text('label', 'Stage'), count('people', 'Episodes'), text('left', 'Left')],
    rows,
    {},
  )
}

function followUpStates(gate: Gate): Figure {
  const states = ['Maintained', 'Lost', 'Late gain', 'Never gained', 'No score at the end']
  const rows = ['3 months after', '12 months after'].flatMap((label, month) =>
    (month === 1 ? [...states.slice(0, 4), '*'] : states)
      .map((state, i) => [state, i * 20] as const)
      .map(([state, start]) => ({
        label: gate.label(label),
        state: gate.label(state),
        percent: state === '*' ? gate.absent(say`withheld`) : gate.fact(20, { unit: 'percent' }),
        start: gate.fact(start),
        end: gate.fact(start + 20),
        middle: gate.fact(start + 10),
      })),
  )
  const part = (id: string) => ({ ...count(id, id), kind: 'number' as const })
  return figure(
    'states',
    'follow_up_states',
    { title: say`Most gains were kept`, summary: say`What became of gains after the end.` },
    [text('label', 'After'), text('state', 'State'), part('percent'), part('start'), part('end'), part('middle')],
    rows,
    {
      x_title: say`Per cent of those with a score then`,
      x_domain: [gate.fact(0), gate.fact(100)],
      states: states.map((state) => gate.label(state)),
    },
  )
}

function valueFigures(gate: Gate): Figure[] {
  const released = releaseValue(gate, syntheticValue())
  const service = { code: 'sample', name: 'Sample', area: '' }
  return released === null ? [] : [cePlane(gate, service, released), acceptability(gate, service, released)]
}

function rciScatter(gate: Gate): Figure {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const pre = 4 + ((i * 7) % 24)
    const post = Math.min(40, Math.max(0, pre + ((i * 5) % 23) - 7))
    const change = post - pre
    const category = change >= 5 ? say`Improved` : change <= -5 ? say`Deteriorated` : say`No reliable change`
    return { pre: gate.statistic(pre, { n: 1 }), post: gate.statistic(post, { n: 1 }), category }
  })
  const columns: ReleasedColumn[] = [
    { ...count('pre', 'First'), kind: 'number' },
    { ...count('post', 'Last'), kind: 'number' },
    text('category', 'Change'),
  ]
  const params: ChartParams = {
    x_title: say`First score`,
    y_title: say`Last score`,
    domain: [gate.fact(0), gate.fact(40)],
    reliable_change: gate.fact(5),
    cutoffs: [gate.fact(25)],
    categories: [say`Improved`, say`No reliable change`, say`Deteriorated`],
  }
  return {
    ...figure(
      'people',
      'rci_scatter',
      {
        title: say`Most people lie above the line of no change`,
        summary: say`Each person's first and last ReQoL-10 score.`,
      },
      columns,
      rows,
      params,
    ),
    internal_only: true,
  }
}

const PEOPLE_CATEGORIES = ['Improved', 'No reliable change', 'Deteriorated'] as const

function peopleOf(gate: Gate) {
  return Array.from({ length: 60 }, (_, i) => {
    const pre = 4 + ((i * 7) % 24)
    const post = Math.min(40, Math.max(0, pre + ((i * 5) % 23) - 7))
    const category = PEOPLE_CATEGORIES[post - pre >= 5 ? 0 : post - pre <= -5 ? 2 : 1]
    return { pre, post, category: gate.label(category) }
  })
}

function waterfall(gate: Gate): Figure {
  const rows = peopleOf(gate)
    .toSorted((a, b) => a.post - a.pre - (b.post - b.pre))
    .map(({ pre, post, category }, i) => ({
      rank: gate.fact(i + 1),
      improvement: gate.statistic(post - pre, { n: 60 }),
      category,
    }))
  return {
    ...figure(
      'people-waterfall',
      'waterfall',
      { title: say`Most people changed for the better`, summary: say`Each person's change in ReQoL-10, worst first.` },
      [{ ...count('improvement', 'Change'), kind: 'number' }, text('category', 'Change')],
      rows,
      {
        x_title: say`People`,
        y_title: say`Improvement, points`,
        y_domain: [gate.fact(-10), gate.fact(20)],
        reliable_change: gate.fact(5),
        categories: PEOPLE_CATEGORIES.map((it) => gate.label(it)),
      },
    ),
    internal_only: true,
  }
}

function slope(gate: Gate): Figure {
  const rows = peopleOf(gate).map(({ pre, post, category }, i) => ({
    rank: gate.fact(i + 1),
    pre: gate.statistic(pre, { n: 60 }),
    post: gate.statistic(post, { n: 60 }),
    category,
  }))
  return {
    ...figure(
      'people-slope',
      'slope',
      { title: say`People differ widely around the mean`, summary: say`Each person's first and last ReQoL-10 score.` },
      [
        { ...count('pre', 'First'), kind: 'number' },
        { ...count('post', 'Last'), kind: 'number' },
      ],
      rows,
      {
        y_title: say`Score`,
        domain: [gate.fact(0), gate.fact(40)],
        pre_label: say`First score`,
        post_label: say`Last score`,
        means: [gate.fact(15.3), gate.fact(19.6)],
        cutoffs: [gate.fact(25)],
        categories: PEOPLE_CATEGORIES.map((it) => gate.label(it)),
      },
    ),
    internal_only: true,
  }
}

function wilson(gate: Gate, part: Released, whole: Released): [Released, Released] {
  const end = (sign: 1 | -1) =>
    gate.derive(
      [part, whole],
      (x, n) => {
        const z = 1.959964
        const p = x / n
        const centre = p + (z * z) / (2 * n)
        return n === 0
          ? null
          : (100 * (centre + sign * z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n)))) / (1 + (z * z) / n)
      },
      { unit: 'percent' },
    )
  return [end(-1), end(1)]
}

const gateForWords = createGate('hes-7/5')

function text(id: string, label: string): ReleasedColumn {
  return { id, label: gateForWords.label(label), kind: 'text' }
}

function count(id: string, label: string): ReleasedColumn {
  return { id, label: gateForWords.label(label), kind: 'count' }
}

function changeTable(gate: Gate): ReleasedTable {
  const rows = (
    [
      ['ReQoL-10', 182, 16.2, 22.3],
      ['DIALOG subjective quality of life', 77, 3.8, 4.4],
      ['Goal-based outcomes', 6, 3, 5],
    ] as const
  ).map(([label, n, pre, post]) => ({
    label: gate.label(label),
    people: gate.count(n),
    pre: gate.statistic(pre, { n, decimals: 1 }),
    post: gate.statistic(post, { n, decimals: 1 }),
    effect: gate.absent(say`not worked out for this sample`),
  }))
  return {
    id: 'means',
    title: say`Mean scores, first and last`,
    columns: [
      text('label', 'Measure'),
      count('people', 'People with two scores'),
      { ...count('pre', 'First'), kind: 'number' },
      { ...count('post', 'Last'), kind: 'number' },
      {
        ...count('effect', 'Effect size'),
        kind: 'number',
        help: say`Mean change divided by the spread of first scores.`,
      },
    ],
    rows,
    notes: [say`Everyone with two scores at least 14 days apart.`],
  }
}
