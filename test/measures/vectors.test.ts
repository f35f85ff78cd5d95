import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { GivenAnswer } from '../../src/measures/check-answers.ts'
import { classifyChange, goalsMeanChange, isReliableRecovery } from '../../src/measures/improvement.ts'
import type { Coding, Measure, Scale } from '../../src/measures/measure.ts'
import { measureById, scaleOf } from '../../src/measures/registry.ts'
import { type FormScore, scoreForm } from '../../src/measures/score-form.ts'
import type { MissingPolicy } from '../../src/measures/score-scale.ts'
import { talkingTherapiesOutcome } from '../../src/measures/talking-therapies.ts'
import { withThresholds } from '../../src/measures/with-thresholds.ts'
import { withoutWork } from '../../src/measures/wsas.ts'

type Items = readonly (number | null)[]
interface Vector<Input, Expect> {
  readonly id: string
  readonly input: Input
  readonly expect: Expect
}

interface Vectors {
  reqol10: Vector<
    { items: Items; coding: Coding },
    { strict: Expected; prorated: Expected; clinicalLT25: boolean | null }
  >[]
  reqol20: Vector<Items, { strict: Expected; prorated: Expected }>[]
  reqol10_change: Vector<{ baseline: number; followUp: number }, { change: string; reliableRecovery: boolean }>[]
  dialog: Vector<Items, { strict: Expected[] | 'invalid'; available: Expected[] | 'invalid' }>[]
  pcl5: Vector<
    Items,
    {
      total: number
      clusterCounts: number[]
      clusterSums: number[]
      provisionalPTSD: boolean
      ge31: boolean
      ge33: boolean
      icd11Narrow: boolean
    }
  >[]
  itq: Vector<{ P: Items; C: Items }, { dx: string; ptsd: number; dso: number }>[]
  itq_missing_threeValued: Vector<{ P: Items; C: Items }, { dx: string | null }>[]
  phq9: Vector<
    Items,
    { total: number; band: string; nSymptoms: number; mds: boolean; ods: boolean; case: boolean; item9: boolean }
  >[]
  gad7: Vector<Items, { total: number; band: string; caseGE8: boolean; screenGE10: boolean }>[]
  talkingTherapies: Vector<
    { phq: [number, number]; gad: [number, number] },
    {
      case: boolean
      recovered: boolean
      reliableImprovement: boolean
      reliableRecovery: boolean
      reliableDeterioration: boolean
    }
  >[]
  wsas: Vector<{ items: Items; workNA: boolean }, { total: number | null; max: number; complete: boolean }>[]
  core10_storedReversed: Vector<Items, { clinicalScore: number | null }>[]
  gbo: Vector<{ baseline: number; followUp: number }, string>[]
  gbo_mean: Vector<{ b: Items; f: Items }, { meanChange: number; ge245: boolean }>[]
}
type Expected = number | 'invalid' | null

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/measures/vectors.json', import.meta.url), 'utf8'),
)

const measure = (id: string) => measureById(id) as Measure
const scale = (id: string, scaleId: string) => scaleOf(id, scaleId) as Scale

function score(
  id: string,
  items: readonly GivenAnswer[],
  coding: Coding = 'scored',
  missing?: MissingPolicy,
): FormScore {
  return scoreForm(measure(id), items, { coding, ...(missing && { missing }) })
}

/** The number, null where answers are missing, or the word invalid. */
function outcome(form: FormScore, scaleId = 'total'): Expected {
  const result = form.scores[scaleId]
  return result?.status === 'invalid' ? 'invalid' : (result?.score ?? null)
}

const scoreOf = (form: FormScore, ids: readonly string[]) => ids.map((id) => form.scores[id]?.score)

function expectScore(actual: Expected, expected: Expected): void {
  if (typeof expected === 'number') expect(actual).toBeCloseTo(expected, 10)
  else expect(actual).toBe(expected)
}

it('has all 118 vectors', () => {
  expect(Object.values(vectors).flat()).toHaveLength(118)
})

describe('ReQoL', () => {
  it.each(vectors.reqol10)(
    '$id: ReQoL-10 by its coding, strict and prorated, and below 25',
    ({ input, expect: want }) => {
      expectScore(outcome(score('reqol-10', input.items, input.coding, 'strict')), want.strict)
      const prorated = score('reqol-10', input.items, input.coding, 'permissive')
      expectScore(outcome(prorated), want.prorated)
      expect(prorated.flags.is_case).toBe(want.clinicalLT25)
      expect(prorated.flags.at_or_above_cutoff).toBe(want.clinicalLT25 === null ? null : !want.clinicalLT25)
    },
  )

  it.each(vectors.reqol20)('$id: ReQoL-20, strict and prorated', ({ input, expect: want }) => {
    expectScore(outcome(score('reqol-20', input, 'scored', 'strict')), want.strict)
    expectScore(outcome(score('reqol-20', input, 'scored', 'permissive')), want.prorated)
  })

  it.each(vectors.reqol10_change)('$id: change of $input.baseline -> $input.followUp is $expect.change', (vector) => {
    const { baseline, followUp } = vector.input
    expect(classifyChange(scale('reqol-10', 'total'), baseline, followUp)).toBe(vector.expect.change)
    expect(isReliableRecovery(scale('reqol-10', 'total'), baseline, followUp)).toBe(vector.expect.reliableRecovery)
  })
})

describe('DIALOG', () => {
  it.each(vectors.dialog)('$id: the two means, strict and of the answered', ({ input, expect: want }) => {
    for (const [policy, expected] of [
      ['strict', want.strict],
      ['permissive', want.available],
    ] as const) {
      const form = score('dialog', input, 'scored', policy)
      const pair = expected === 'invalid' ? (['invalid', 'invalid'] as const) : expected
      expectScore(outcome(form, 'sqol'), pair[0] as Expected)
      expectScore(outcome(form, 'treatment_satisfaction'), pair[1] as Expected)
      expect(form.issues.length).toBe(expected === 'invalid' ? 1 : 0)
    }
  })
})

describe('PCL-5', () => {
  it.each(vectors.pcl5)(
    '$id: total, clusters, provisional diagnosis, cut-offs 31 and 33',
    ({ input, expect: want }) => {
      const form = score('pcl-5', input)
      expect(outcome(form)).toBe(want.total)
      const letters = ['b', 'c', 'd', 'e']
      expect(
        scoreOf(
          form,
          letters.map((letter) => `cluster_${letter}`),
        ),
      ).toEqual(want.clusterSums)
      expect(letters.map((letter) => form.flags[`symptoms_${letter}`])).toEqual(want.clusterCounts)
      expect(form.flags.provisional_ptsd).toBe(want.provisionalPTSD)
      expect(form.flags.icd_11_narrow).toBe(want.icd11Narrow)
      expect(form.flags.at_or_above_cutoff).toBe(want.ge33)
      const at31 = withThresholds(measure('pcl-5'), 'total', { cutoff: 31 })
      expect(scoreForm(at31, input, { coding: 'scored' }).flags.at_or_above_cutoff).toBe(want.ge31)
    },
  )
})

describe('ITQ', () => {
  it.each(vectors.itq)('$id: $expect.dx with symptom sums $expect.ptsd and $expect.dso', ({ input, expect: want }) => {
    const form = score('itq', [...input.P, ...input.C])
    expect(form.flags.diagnosis).toBe(want.dx)
    expect(form.categories.diagnosis?.category).toBe(want.dx)
    expect(scoreOf(form, ['ptsd', 'dso', 'total'])).toEqual([want.ptsd, want.dso, want.ptsd + want.dso])
  })

  it.each(vectors.itq_missing_threeValued)('$id: with an answer missing, $expect.dx', ({ input, expect: want }) => {
    const form = score('itq', [...input.P, ...input.C])
    expect(form.flags.diagnosis).toBe(want.dx)
    expect(form.categories.diagnosis?.status).toBe(want.dx === null ? 'undecided' : 'scored')
    expect(form.scores.total?.score).toBeNull()
  })
})

describe('PHQ-9 and GAD-7', () => {
  it.each(vectors.phq9)('$id: PHQ-9 $expect.total, $expect.band', ({ input, expect: want }) => {
    const form = score('phq-9', input)
    expect(outcome(form)).toBe(want.total)
    expect(form.flags).toEqual({
      severity: want.band.toLowerCase(),
      symptoms: want.nSymptoms,
      major_depressive_syndrome: want.mds,
      other_depressive_syndrome: want.ods,
      at_or_above_cutoff: want.case,
      is_case: want.case,
      risk_item_endorsed: want.item9,
    })
  })

  it.each(vectors.gad7)('$id: GAD-7 $expect.total, $expect.band', ({ input, expect: want }) => {
    const form = score('gad-7', input)
    expect(outcome(form)).toBe(want.total)
    expect(form.flags).toEqual({
      severity: want.band.toLowerCase(),
      at_or_above_cutoff: want.caseGE8,
      is_case: want.caseGE8,
    })
    const screening = withThresholds(measure('gad-7'), 'total', { cutoff: 10 })
    expect(scoreForm(screening, input, { coding: 'scored' }).flags.is_case).toBe(want.screenGE10)
  })

  it.each(vectors.talkingTherapies)(
    '$id: Talking Therapies, PHQ-9 $input.phq and GAD-7 $input.gad',
    ({ input, expect: want }) => {
      const [phq_first, phq_last] = input.phq
      const [adsm_first, adsm_last] = input.gad
      expect(talkingTherapiesOutcome({ phq_first, phq_last, adsm_first, adsm_last })).toEqual({
        is_case: want.case,
        is_recovered: want.recovered,
        is_reliably_improved: want.reliableImprovement,
        is_reliably_recovered: want.reliableRecovery,
        is_reliably_deteriorated: want.reliableDeterioration,
      })
    },
  )

  it('T11: one PHQ-9 only says nothing about recovery', () => {
    const scores = { phq_first: 15, phq_last: null, adsm_first: 12, adsm_last: 6 }
    expect(talkingTherapiesOutcome(scores)).toBeNull()
  })
})

describe('WSAS, CORE-10', () => {
  it.each(vectors.wsas)('$id: WSAS $expect.total of $expect.max', ({ input, expect: want }) => {
    const result = score('wsas', input.workNA ? withoutWork(input.items) : input.items).scores.total
    expect(result?.score).toBe(want.total)
    expect((result?.n_expected ?? 0) * 8).toBe(want.max)
    expect(result?.status === 'scored').toBe(want.complete)
  })

  it.each(vectors.core10_storedReversed)('$id: CORE-10 $expect.clinicalScore', ({ input, expect: want }) => {
    expectScore(outcome(score('core-10', input)), want.clinicalScore)
  })
})

describe('GBO', () => {
  it.each(vectors.gbo)('$id: a goal from $input.baseline to $input.followUp is $expect', ({ input, expect: want }) => {
    for (const goal of ['goal_1', 'goal_2', 'goal_3']) {
      expect(classifyChange(scale('gbo', goal), input.baseline, input.followUp)).toBe(want)
    }
  })

  it.each(vectors.gbo_mean)(
    '$id: mean change over goals rated both times is $expect.meanChange',
    ({ input, expect: want }) => {
      const change = goalsMeanChange(input.b, input.f)
      expect(change).toBeCloseTo(want.meanChange, 10)
      expect(classifyChange(scale('gbo', 'goals_mean'), 0, change ?? 0)).toBe(want.ge245 ? 'improved' : 'none')
    },
  )
})
