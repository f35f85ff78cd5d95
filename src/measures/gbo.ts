import { scale } from './define.ts'
import type { Measure, Scale, ScaleCode } from './measure.ts'
import { CAMCOPS, NHSE_CYP, NHSE_LISTS, NHSE_PROMS, OWN_RULE } from './sources.ts'

const GOALS = ['goal1', 'goal2', 'goal3'] as const

const CURRENT: readonly string[] = ['1638531000000102', '1638541000000106', '1638551000000109']
/** Children and young people's codes; the first goal also went under an unnumbered code. */
const OLDER: readonly (readonly string[])[] = [
  ['1034351000000101', '959951000000108'],
  ['1034361000000103'],
  ['1034371000000105'],
]

export const gbo: Measure = {
  measure_id: 'gbo',
  name: 'Goal Based Outcomes (GBO)',
  aliases: ['goals', 'Goal Based Outcomes', 'Goal-Based Outcomes', 'Goal Progress Chart'],
  kind: 'questionnaire',
  better: 'higher',
  items: GOALS.map((item_id, index) => ({ item_id, theme: null, min: 0, max: 10, is_optional: index > 0 })),
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: {
    allowed: 'available_case',
    at_most: 2,
    is_default: true,
    source: `${OWN_RULE}: people set one, two or three goals`,
    status: 'UNCONFIRMED',
  },
  scales: [
    ...GOALS.map((goal, index) => goalScale(goal, index)),
    scale({
      scale_id: 'goals_mean',
      label: 'Mean of the goals rated',
      min: 0,
      max: 10,
      better: 'higher',
      rule: 'mean_of_rated',
      items: GOALS,
      reliable_change: {
        points: 2.45,
        source: 'Edbrooke-Childs et al., Child Adolesc Ment Health 2015;20(3):142-148, as remembered',
        status: 'FROM-MEMORY',
      },
    }),
  ],
  category_scales: [],
  risk_item: null,
  licence: {
    terms: 'Copyright Duncan Law, CC BY-NC-SA 4.0. The text of a goal identifies a person and is never read.',
    source: CAMCOPS,
    status: 'CONFIRMED',
  },
  notes: [
    'A goal rated above 7 at the start cannot improve by three points: the ceiling is part of the result.',
    'A change of the mean uses only goals rated both times; where different goals were rated, the two means do not compare.',
    'The unnumbered older code is read as goal 1.',
  ],
}

function goalScale(goal: string, index: number): Scale {
  return scale({
    scale_id: `goal_${index + 1}`,
    label: `Goal ${index + 1}`,
    min: 0,
    max: 10,
    better: 'higher',
    rule: 'item',
    items: [goal],
    reliable_change: { points: 3, source: `${NHSE_PROMS}; ${NHSE_CYP}`, status: 'CONFIRMED' },
    national_change_points: 3,
    codes: [code(CURRENT[index] as string, 'current'), ...(OLDER[index] ?? []).map((older) => code(older, 'older'))],
  })
}

function code(snomed: string, generation: ScaleCode['generation']): ScaleCode {
  return { code: snomed, min: 0, max: 10, generation, source: NHSE_LISTS, status: 'CONFIRMED' }
}
