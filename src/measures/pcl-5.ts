import type { Answers } from './answers.ts'
import { itemIds, numberedItems, scale } from './define.ts'
import type { Flags, Measure, Scale } from './measure.ts'
import { NHSE_IAPT_LIST, NOT_SEEN, OWN_RULE } from './sources.ts'
import { allOf, atLeast, endorsed } from './three-valued.ts'

const ENDORSED = 2
const MARX = 'Marx et al., Psychol Assess 2022;34(2):197-203'
const POPULATIONS = 'PMC12210402'

/** DSM-5 clusters: their items, and how many of them must be endorsed for a provisional diagnosis. */
const CLUSTERS = [
  { letter: 'b', items: itemIds(1, 5), needed: 1 },
  { letter: 'c', items: itemIds(6, 7), needed: 1 },
  { letter: 'd', items: itemIds(8, 14), needed: 2 },
  { letter: 'e', items: itemIds(15, 20), needed: 2 },
] as const

/** Narrow ICD-11 approximation: re-experiencing, avoidance, sense of threat. */
const ICD_11_PAIRS = [
  ['item2', 'item3'],
  ['item6', 'item7'],
  ['item17', 'item18'],
] as const

export const pcl5: Measure = {
  measure_id: 'pcl-5',
  name: 'PTSD Checklist for DSM-5 (PCL-5)',
  aliases: ['PTSD Checklist', 'PTSD Checklist for DSM-5', 'PTSD Checklist DSM-5'],
  kind: 'questionnaire',
  better: 'lower',
  items: numberedItems(20, [0, 4], Object.fromEntries(CLUSTERS.flatMap(clusterThemes))),
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: { allowed: 'none', at_most: 0, is_default: true, source: OWN_RULE, status: 'UNCONFIRMED' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'PCL-5 total',
      min: 0,
      max: 80,
      better: 'lower',
      rule: 'sum',
      items: itemIds(1, 20),
      reliable_change: { points: 15, source: `${MARX}, first sample`, status: 'CONFIRMED' },
      cutoff: {
        case_when: 'at_or_above',
        value: 33,
        source: 'Upper end of the usual 31-33: CamCOPS; rinkjames/cptsd-study',
        status: 'CONFIRMED',
      },
      other_thresholds: [
        {
          kind: 'cutoff',
          value: 31,
          meaning: 'lower end of the usual 31-33',
          source: 'rinkjames/cptsd-study',
          status: 'CONFIRMED',
        },
        { kind: 'cutoff', value: 34, meaning: 'German clinical population', source: POPULATIONS, status: 'CONFIRMED' },
        { kind: 'cutoff', value: 38, meaning: 'estimating prevalence', source: POPULATIONS, status: 'CONFIRMED' },
        { kind: 'cutoff', value: 42, meaning: 'research, 42-43', source: POPULATIONS, status: 'CONFIRMED' },
        { kind: 'cutoff', value: 32, meaning: 'NHS Talking Therapies', source: NOT_SEEN, status: 'FROM-MEMORY' },
        { kind: 'reliable_change', value: 18, meaning: 'second sample', source: MARX, status: 'CONFIRMED' },
        {
          kind: 'cutoff',
          value: 28,
          meaning: '28 or less after a reliable change counts as clinically significant',
          source: MARX,
          status: 'CONFIRMED',
        },
        {
          kind: 'legacy',
          value: 10,
          meaning: 'change used by NHS Talking Therapies, and as "meaningful" in work on the DSM-IV checklist',
          source: NOT_SEEN,
          status: 'FROM-MEMORY',
        },
      ],
      codes: [
        {
          code: '491581000000104',
          min: 0,
          max: 80,
          generation: 'current',
          source: `${NHSE_IAPT_LIST}; not in the MHSDS version 6 list`,
          status: 'CONFIRMED',
        },
      ],
    }),
    ...CLUSTERS.map(({ letter, items }) => clusterScale(letter, items)),
  ],
  category_scales: [],
  risk_item: null,
  licence: {
    terms: 'Public domain: United States Government.',
    source: 'US Department of Veterans Affairs',
    status: 'CONFIRMED',
  },
  notes: [
    'No severity bands: none were derived from evidence.',
    'The cut-off depends on the population and can be changed.',
    'icd_11_narrow is an approximation from six items, not the ITQ.',
    'symptoms_b to symptoms_e count the items answered at 2 or more; with answers missing they are the least there can be.',
  ],
  flags,
}

function flags(answers: Answers): Flags {
  const present = CLUSTERS.map(({ items }) => endorsed(answers, items, ENDORSED))
  const counts = CLUSTERS.map(({ letter }, index) => [
    `symptoms_${letter}`,
    (present[index] ?? []).filter((truth) => truth === true).length,
  ])
  return {
    provisional_ptsd: allOf(CLUSTERS.map(({ needed }, index) => atLeast(needed, present[index] ?? []))),
    icd_11_narrow: allOf(ICD_11_PAIRS.map((pair) => atLeast(1, endorsed(answers, pair, ENDORSED)))),
    ...Object.fromEntries(counts),
  }
}

function clusterThemes({ letter, items }: (typeof CLUSTERS)[number]): [number, string][] {
  return items.map((item) => [Number(item.slice('item'.length)), `cluster ${letter.toUpperCase()}`])
}

function clusterScale(letter: string, items: readonly string[]): Scale {
  return scale({
    scale_id: `cluster_${letter}`,
    label: `PCL-5 cluster ${letter.toUpperCase()}`,
    min: 0,
    max: items.length * 4,
    better: 'lower',
    rule: 'sum',
    items,
  })
}
