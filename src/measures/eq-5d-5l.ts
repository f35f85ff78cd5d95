import { digitsOf } from './answers.ts'
import { itemIds, scale } from './define.ts'
import type { Flags, Measure } from './measure.ts'
import { NOT_SEEN } from './sources.ts'

const DIMENSIONS = ['mobility', 'self-care', 'usual activities', 'pain or discomfort', 'anxiety or depression'] as const
const DIMENSION_ITEMS = itemIds(1, 5)

export const VALUE_SET_IDS = ['uk-2026', 'england-2018'] as const
export type ValueSetId = (typeof VALUE_SET_IDS)[number]

interface ValueSet {
  readonly name: string
  readonly source: string
  /** What levels 2-5 take off 1, by dimension in the form's order. */
  readonly decrements: readonly (readonly [number, number, number, number])[]
}

export const VALUE_SETS: Readonly<Record<ValueSetId, ValueSet>> = {
  'uk-2026': {
    name: 'UK 2026 (Rowen)',
    source: 'Value in Health 2026, 10.1016/j.jval.2026.03.008; whether NICE has adopted it is not confirmed',
    decrements: [
      [0.032, 0.058, 0.179, 0.279],
      [0.038, 0.06, 0.162, 0.206],
      [0.049, 0.086, 0.184, 0.212],
      [0.056, 0.066, 0.371, 0.479],
      [0.041, 0.126, 0.313, 0.391],
    ],
  },
  'england-2018': {
    name: 'England 2018 (Devlin), not recommended by NICE',
    source: 'Devlin et al. 2018; NICE position statement on the EQ-5D-5L',
    decrements: [
      [0.058, 0.076, 0.207, 0.274],
      [0.05, 0.08, 0.164, 0.203],
      [0.05, 0.063, 0.162, 0.184],
      [0.063, 0.084, 0.276, 0.335],
      [0.078, 0.104, 0.285, 0.289],
    ],
  },
}

export const eq5d5l: Measure = {
  measure_id: 'eq-5d-5l',
  name: 'EQ-5D-5L',
  aliases: ['eq5d', 'EQ-5D', 'EuroQol 5D 5L'],
  kind: 'questionnaire',
  better: 'lower',
  items: [
    ...DIMENSIONS.map((theme, index) => ({
      item_id: DIMENSION_ITEMS[index] as string,
      theme,
      min: 1,
      max: 5,
      is_optional: false,
    })),
    { item_id: 'vas', theme: 'health today, 0-100', min: 0, max: 100, is_optional: true },
  ],
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: {
    allowed: 'none',
    at_most: 0,
    is_default: true,
    source: 'Any missing dimension leaves the index without a value',
    status: 'CONFIRMED',
  },
  scales: [
    scale({
      scale_id: 'index',
      label: 'EQ-5D-5L index',
      // the lowest of the value sets in use for the UK: van Hout's crosswalk of state 55555
      min: -0.594,
      max: 1,
      better: 'higher',
      rule: 'value_set',
      items: DIMENSION_ITEMS,
      codes: [
        { code: '736534008', min: -0.594, max: 1, generation: 'current', source: 'CamCOPS', status: 'CONFIRMED' },
      ],
    }),
    scale({
      scale_id: 'vas',
      label: 'EQ-5D-5L visual analogue scale',
      min: 0,
      max: 100,
      better: 'higher',
      rule: 'item',
      items: ['vas'],
    }),
  ],
  category_scales: [],
  risk_item: null,
  licence: {
    terms: 'EuroQol: register before use; free for non-commercial use.',
    source: NOT_SEEN,
    status: 'FROM-MEMORY',
  },
  notes: [
    `Value sets: ${VALUE_SET_IDS.map((id) => `${id} = ${VALUE_SETS[id].name}`).join('; ')}. Every index names its value set.`,
    'The mapping to EQ-5D-3L that NICE asks for (DSU) and the van Hout crosswalk are not here: their coefficients could not be had.',
    'An index that arrives already worked out is taken as it is; which value set made it is not known.',
  ],
  flags: (answers): Flags => {
    const levels = digitsOf(answers, DIMENSION_ITEMS)
    return { profile: levels.length === DIMENSIONS.length ? levels.join('') : null }
  },
}

/** 1 less what each dimension's level takes off, to three decimals as published. `levels`: five digits 1-5. */
export function eq5dIndex(levels: readonly number[], valueSet: ValueSetId): number {
  const loss = levels.reduce((sum, level, dimension) => {
    return sum + (level === 1 ? 0 : (VALUE_SETS[valueSet].decrements[dimension]?.[level - 2] as number))
  }, 0)
  return Math.round((1 - loss) * 1000) / 1000
}
