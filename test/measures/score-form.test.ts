import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GivenAnswer } from '../../src/measures/check-answers.ts'
import { countFftAnswers } from '../../src/measures/fft.ts'
import { message } from '../../src/measures/issues.ts'
import type { Coding, Measure } from '../../src/measures/measure.ts'
import { MEASURES, measureById } from '../../src/measures/registry.ts'
import { type FormScore, type ScoreOptions, scoreForm } from '../../src/measures/score-form.ts'

const measure = (id: string) => measureById(id) as Measure
const score = (id: string, items: readonly GivenAnswer[], options: Partial<ScoreOptions> = {}): FormScore =>
  scoreForm(measure(id), items, { coding: 'scored', ...options })
const total = (form: FormScore) => form.scores.total
const filled = (count: number, answer: GivenAnswer) => Array<GivenAnswer>(count).fill(answer)

describe('missing answers', () => {
  it('nobody answering anything is no score, never the healthiest score', () => {
    for (const it of MEASURES.filter(({ kind }) => kind === 'questionnaire')) {
      const form = scoreForm(it, filled(it.items.length, null), { coding: 'scored', missing: 'permissive' })
      expect(Object.values(form.scores).map((result) => result.score)).toEqual(filled(it.scales.length, null))
      expect(form.issues).toEqual([])
    }
  })

  it('by default only CORE-10 is prorated, and by one item at most', () => {
    expect(total(score('core-10', [null, ...filled(9, 2)]))).toMatchObject({
      score: 20,
      method: 'prorated',
      basis: 'whole_scale',
      n_answered: 9,
    })
    expect(total(score('core-10', [null, null, ...filled(8, 2)]))?.status).toBe('too_many_missing')
    expect(total(score('core-10', [null, ...filled(9, 2)], { missing: 'strict' }))?.score).toBeNull()
    for (const [id, count] of [
      ['reqol-10', 10],
      ['reqol-20', 20],
      ['phq-9', 9],
      ['gad-7', 7],
      ['pcl-5', 20],
    ] as const) {
      expect(total(score(id, [null, ...filled(count - 1, 2)]))?.status).toBe('too_many_missing')
    }
  })

  it('PHQ-9 prorates two missing answers only where that is asked for', () => {
    const two = [null, null, ...filled(7, 1)]
    expect(total(score('phq-9', two, { missing: 'permissive' }))).toMatchObject({ score: 9, method: 'prorated' })
    expect(total(score('phq-9', [null, ...two.slice(0, 8)], { missing: 'permissive' }))?.score).toBeNull()
  })

  it('H10: PHQ-9 with an answer missing has no total and no severity', () => {
    const form = score('phq-9', [1, 1, 1, 1, 1, 0, null, 0, 0])
    expect(total(form)).toEqual({
      status: 'too_many_missing',
      score: null,
      n_answered: 8,
      n_expected: 9,
      method: null,
      basis: null,
    })
    expect(form.flags).toMatchObject({ severity: null, is_case: null, major_depressive_syndrome: false })
  })

  it('P9: PCL-5 with an answer missing has no total, but a provisional diagnosis that the others already settle', () => {
    const form = score('pcl-5', [3, 3, 2, 3, 2, 3, null, 2, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    expect(total(form)?.score).toBeNull()
    expect(form.flags).toMatchObject({
      provisional_ptsd: true,
      symptoms_b: 5,
      symptoms_c: 1,
      symptoms_d: 4,
      symptoms_e: 3,
      at_or_above_cutoff: null,
    })
  })

  it('PCL-5 stays undecided while the missing answer could still tip it, and negative once it could not', () => {
    const open = [2, 0, 0, 0, 0, null, 0, 2, 2, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0]
    expect(score('pcl-5', open).flags.provisional_ptsd).toBeNull()
    expect(score('pcl-5', [...open.slice(0, 14), 0, ...open.slice(15)]).flags.provisional_ptsd).toBe(false)
  })

  it('a blank cell is missing, not a zero', () => {
    const form = score('gad-7', ['1', '', ' ', '1', '1', '1', '1'])
    expect(total(form)).toMatchObject({ status: 'too_many_missing', n_answered: 5 })
    expect(form.issues).toEqual([])
  })
})

describe('answers that cannot be', () => {
  it.each([
    ['off the range', 5, 'answer_out_of_range'],
    ['below the range', -1, 'answer_out_of_range'],
    ['not whole', 2.5, 'answer_not_whole'],
    ['not a number', '1e1', 'answer_not_a_number'],
    ['hexadecimal', '0x2', 'answer_not_a_number'],
    ['infinite', Number.POSITIVE_INFINITY, 'answer_not_a_number'],
  ])('%s makes the form invalid, which is not the same as missing', (_, answer, code) => {
    for (const [id, count] of [
      ['reqol-10', 10],
      ['itq', 18],
      ['pcl-5', 20],
      ['phq-9', 9],
      ['core-10', 10],
    ] as const) {
      const form = score(id, [...filled(count - 1, 1), answer], { missing: 'permissive' })
      expect(form.issues.map((issue) => issue.code)).toEqual([code])
      expect(Object.values(form.scores).map((result) => result.status)).toEqual(
        filled(measure(id).scales.length, 'invalid'),
      )
      expect(new Set(Object.values(form.flags))).toEqual(new Set([null]))
    }
  })

  it('every fault is reported, and none with the answer in it', () => {
    const { issues } = score('gad-7', [77, 'Jane', 1.5, 1, 1, 1, 1])
    expect(issues.map(message)).toEqual([
      'item1 is outside 0-3',
      'item2 is not a number written in digits',
      'item3 is not a whole number',
    ])
  })

  it('too few or too many answers are no form at all: a skipped item would shift the rest', () => {
    expect(score('gad-7', filled(6, 1)).issues).toEqual([{ code: 'wrong_number_of_answers', expected: 7, found: 6 }])
    expect(total(score('gad-7', filled(8, 1)))?.status).toBe('invalid')
  })

  it('a fault in an item outside the total leaves the total alone', () => {
    const form = score('reqol-10', [...filled(10, 3), 9])
    expect(total(form)?.score).toBe(30)
    expect(form.issues).toHaveLength(1)
  })
})

describe('sentinels', () => {
  it('DIALOG 8 is not answered; 0 and 9 are invalid', () => {
    const form = score('dialog', [8, ...filled(10, 5)])
    expect(form.scores.sqol).toMatchObject({ status: 'too_many_missing', n_answered: 7, n_expected: 8 })
    expect(form.scores.treatment_satisfaction?.score).toBe(5)
    expect(form.issues).toEqual([])
    expect(score('dialog', [9, ...filled(10, 5)]).scores.sqol?.status).toBe('invalid')
  })

  it('WSAS 9 is "not applicable" for work, and invalid for anything else', () => {
    expect(total(score('wsas', [9, 3, 3, 3, 3]))).toMatchObject({
      score: 12,
      n_expected: 4,
      method: 'not_applicable_left_out',
      basis: 'item2+item3+item4+item5',
    })
    expect(total(score('wsas', [3, 9, 3, 3, 3]))?.status).toBe('invalid')
  })

  it('a WSAS total without work carries no severity', () => {
    expect(score('wsas', [9, 8, 8, 8, 8]).flags.severity).toBeNull()
    expect(score('wsas', [0, 8, 8, 4, 1]).flags.severity).toBe('moderately_severe')
    expect(score('wsas', [0, 8, 8, 4, 0]).flags.severity).toBe('significant')
  })
})

describe('cut-offs', () => {
  const gad = (sum: number) => [...filled(Math.floor(sum / 3), 3), ...(sum % 3 === 0 ? [] : [sum % 3])]
  it.each([
    ['reqol-10', [...filled(8, 3), 0, 0], 24, false, true],
    ['reqol-10', [...filled(8, 3), 1, 0], 25, true, false],
    ['reqol-20', [...filled(16, 3), 1, 0, 0, 0], 49, false, true],
    ['reqol-20', [...filled(16, 3), 1, 1, 0, 0], 50, true, false],
    ['pcl-5', [...filled(8, 4), ...filled(12, 0)], 32, false, false],
    ['pcl-5', [...filled(8, 4), 1, ...filled(11, 0)], 33, true, true],
    ['phq-9', [3, 3, 3, 0, 0, 0, 0, 0, 0], 9, false, false],
    ['phq-9', [3, 3, 3, 1, 0, 0, 0, 0, 0], 10, true, true],
    ['gad-7', [...gad(7), ...filled(4, 0)], 7, false, false],
    ['gad-7', [...gad(8), ...filled(4, 0)], 8, true, true],
    ['core-10', [4, 4, 2, ...filled(7, 0)], 10, false, false],
    ['core-10', [4, 4, 3, ...filled(7, 0)], 11, true, true],
  ])('%s %j is %i: at or above the cut-off %s, a case %s', (id, items, sum, atOrAbove, isCase) => {
    const form = score(id, items)
    expect(total(form)?.score).toBe(sum)
    expect(form.flags).toMatchObject({ at_or_above_cutoff: atOrAbove, is_case: isCase })
  })

  it('the risk item is raised by any answer but the best', () => {
    const reqol = (answer: number) => score('reqol-10', [4, 4, 4, 4, 4, answer, 4, 4, 4, 4]).flags.risk_item_endorsed
    expect([reqol(4), reqol(3), reqol(0)]).toEqual([false, true, true])
    const core = (answer: number) => score('core-10', [0, 0, 0, 0, 0, answer, 0, 0, 0, 0]).flags.risk_item_endorsed
    expect([core(0), core(1)]).toEqual([false, true])
  })
})

describe('raw and scored digits', () => {
  const form = (id: string) => {
    const { items } = measure(id)
    const required = items.filter(({ is_optional }) => !is_optional)
    return fc.tuple(...required.map(({ min, max }) => fc.integer({ min, max })))
  }
  const turned = (id: string, answers: readonly number[]) =>
    answers.map((answer, index) => {
      const { reversed, items } = measure(id)
      return reversed?.includes(`item${index + 1}`) ? (items[index]?.max ?? Number.NaN) - answer : answer
    })

  it.each(['reqol-10', 'core-10'])('%s: turning the reversed items round by hand, then scoring, is the same', (id) => {
    fc.assert(
      fc.property(form(id), (answers) => {
        const raw = total(score(id, answers, { coding: 'raw' }))?.score
        expect(raw).toBe(total(score(id, turned(id, answers)))?.score)
      }),
      { seed: 20260401, numRuns: 100 },
    )
  })

  it('every complete form of every measure scores within its scale', () => {
    for (const { measure_id, scales } of MEASURES.filter(({ kind }) => kind === 'questionnaire')) {
      fc.assert(
        fc.property(form(measure_id), fc.constantFrom<Coding>('scored', 'raw'), (answers, coding) => {
          const { scores } = score(measure_id, answers, { coding: measure_id === 'reqol-20' ? 'scored' : coding })
          for (const { scale_id, min, max } of scales) {
            const result = scores[scale_id]?.score ?? min
            expect(result).toBeGreaterThanOrEqual(min)
            expect(result).toBeLessThanOrEqual(max)
          }
        }),
        { seed: 20260401, numRuns: 40 },
      )
    }
  })

  it('CORE-10 raw: items 2 and 3 turn round', () => {
    expect(total(score('core-10', [0, 4, 4, ...filled(7, 0)], { coding: 'raw' }))?.score).toBe(0)
    expect(total(score('core-10', [4, 0, 0, ...filled(7, 4)], { coding: 'raw' }))?.score).toBe(40)
  })

  it('raw ReQoL-20 is refused: which items turn round is not known', () => {
    const raw = score('reqol-20', filled(20, 2), { coding: 'raw' })
    expect(raw.issues).toEqual([{ code: 'raw_coding_unknown' }])
    expect(total(raw)?.status).toBe('invalid')
  })
})

describe('EQ-5D-5L', () => {
  it.each([
    ['11111', 1, 1],
    ['21111', 0.968, 0.942],
    ['12111', 0.962, 0.95],
    ['11112', 0.959, 0.922],
    ['11114', 0.687, 0.715],
    ['22222', 0.784, 0.701],
    ['33333', 0.604, 0.593],
    ['44444', -0.209, -0.094],
    ['55555', -0.567, -0.285],
    ['21232', 0.812, 0.73],
    ['12345', 0.114, 0.322],
    ['23245', 0.097, 0.247],
  ])('%s is %d by UK 2026 and %d by England 2018', (profile, uk, england) => {
    const levels = [...profile].map(Number)
    const form = score('eq-5d-5l', levels)
    expect(form.scores.index?.score).toBe(uk)
    expect(form.flags).toEqual({ profile, value_set: 'UK 2026 (Rowen)' })
    expect(score('eq-5d-5l', levels, { value_set: 'england-2018' }).scores.index?.score).toBe(england)
  })

  it('a missing dimension leaves no index and no profile; a level of 0 or 6 is invalid', () => {
    const form = score('eq-5d-5l', [1, null, 1, 1, 1, 70])
    expect(form.scores.index?.status).toBe('too_many_missing')
    expect(form.flags.profile).toBeNull()
    expect(form.scores.vas?.score).toBe(70)
    expect(score('eq-5d-5l', [0, 1, 1, 1, 1]).scores.index?.status).toBe('invalid')
    expect(score('eq-5d-5l', [1, 1, 1, 1, 6]).scores.index?.status).toBe('invalid')
  })

  it('the visual analogue scale takes 0 and 100 and not 101, and does not touch the index', () => {
    const vas = (value: number) => score('eq-5d-5l', [1, 1, 1, 1, 1, value]).scores
    expect([vas(0).vas?.score, vas(100).vas?.score, vas(101).vas?.status]).toEqual([0, 100, 'invalid'])
    expect(vas(101).index?.score).toBe(1)
  })
})

describe('Friends and Family Test', () => {
  it.each([
    ['everyone answered', [60, 30, 4, 3, 2, 1], 100, 90, 5],
    ['"don’t know" is part of the whole', [1, 0, 0, 0, 0, 1], 2, 50, 0],
    ['all very poor', [0, 0, 0, 0, 5, 0], 5, 0, 100],
  ])('%s', (_, counts, n, positive, negative) => {
    const form = score('fft', counts)
    expect(form.scores.percent_positive?.score).toBe(positive)
    expect(form.scores.percent_negative?.score).toBe(negative)
    expect(form.flags.n_responses).toBe(n)
  })

  it('gives Pennine Care’s published figures of February 2024', () => {
    const { scores } = score('fft', [958, 0, 31, 13, 0, 0])
    expect(scores.percent_positive?.score).toBeCloseTo(95.61, 2)
    expect(scores.percent_negative?.score).toBeCloseTo(1.3, 2)
  })

  it('no answers is no percentage', () => {
    expect(score('fft', filled(6, 0)).scores.percent_positive).toMatchObject({ status: 'no_responses', score: null })
  })

  it('counts answer codes 1 to 6, and refuses any other', () => {
    expect(countFftAnswers([1, 1, 2, 6])).toEqual([2, 1, 0, 0, 0, 1])
    expect(countFftAnswers([1, 7])).toBeNull()
  })
})

describe('GBO', () => {
  it('the mean is of the goals rated, and says which they were', () => {
    expect(score('gbo', [2, null, 5]).scores.goals_mean).toEqual({
      status: 'scored',
      score: 3.5,
      n_answered: 2,
      n_expected: 2,
      method: 'goal1+goal3',
      basis: 'goal1+goal3',
    })
  })

  it('a rating of 11, -1 or 4.5 is invalid', () => {
    for (const rating of [11, -1, 4.5]) expect(score('gbo', [rating]).scores.goal_1?.status).toBe('invalid')
  })
})
