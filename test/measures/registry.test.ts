import { describe, expect, it } from 'vitest'
import { codebook } from '../../src/measures/codebook.ts'
import { EVIDENCE_STATUSES, MEASURE_IDS } from '../../src/measures/measure.ts'
import {
  categoryScaleOf,
  codedScores,
  isVerhoeffValid,
  MEASURES,
  measureById,
  measureScaleRows,
  scaleOf,
} from '../../src/measures/registry.ts'
import { thresholdsOf } from '../../src/measures/thresholds.ts'
import { onlyDrawn, table } from '../table.ts'

const scales = MEASURES.flatMap((measure) => measure.scales.map((scale) => ({ measure, scale })))
const codes = scales.flatMap(({ scale }) => scale.codes)

describe('the registry', () => {
  it('holds the twelve instruments, once each', () => {
    expect(MEASURES.map(({ measure_id }) => measure_id)).toEqual(MEASURE_IDS)
  })

  it.each([
    ['ReQoL-10', 'reqol-10'],
    ['reqol10', 'reqol-10'],
    ['ReQoL', 'reqol-10'],
    [' REQOL 20 ', 'reqol-20'],
    ['ReQoL (Recovering Quality of Life 10-item)', 'reqol-10'],
    ['PHQ9', 'phq-9'],
    ['Patient Health Questionnaire (PHQ-9)', 'phq-9'],
    ['Genralised Anxiety Disorder 7 (GAD-7)', 'gad-7'],
    ['DIALOG ', 'dialog'],
    ['Dialog+', 'dialog'],
    ['Goal Based Outcomes (GBO)', 'gbo'],
    ['pcl5', 'pcl-5'],
    ['EQ5D5L', 'eq-5d-5l'],
  ])('finds %s as %s', (name, id) => {
    expect(measureById(name)?.measure_id).toBe(id)
  })

  it('does not guess at an unknown name', () => {
    expect(['', 'phq-15', 'reqol-1', 'toString'].map(measureById)).toEqual([null, null, null, null])
    expect(scaleOf('itq', 'diagnosis')).toBeNull()
    expect(categoryScaleOf('itq', 'diagnosis')?.categories).toEqual(['NONE', 'PTSD', 'CPTSD'])
  })

  it('no name or alias leads to two measures', () => {
    for (const measure of MEASURES) {
      for (const name of [measure.name, ...measure.aliases]) expect(measureById(name)).toBe(measure)
    }
  })

  it('every scale adds up items that the measure has, within the range it states', () => {
    for (const { measure, scale } of scales.filter(({ scale }) => scale.rule === 'sum')) {
      const items = scale.items.map((id) => measure.items.find((item) => item.item_id === id))
      expect(items.reduce((sum, item) => sum + (item?.min ?? Number.NaN), 0)).toBe(scale.min)
      expect(items.reduce((sum, item) => sum + (item?.max ?? Number.NaN), 0)).toBe(scale.max)
    }
  })

  it('reverses items that are there, and asks for the coding wherever any are', () => {
    for (const { items, reversed, needs_coding } of MEASURES) {
      const ids = items.map(({ item_id }) => item_id)
      expect(reversed?.filter((id) => !ids.includes(id)) ?? []).toEqual([])
      expect(needs_coding).toBe(reversed === null || reversed.length > 0)
    }
  })

  it('every threshold, missing rule, sentinel, code and licence says where it comes from and how sure it is', () => {
    const evidence = MEASURES.flatMap((measure) => [
      measure.missing,
      measure.licence,
      ...measure.sentinels,
      ...measure.category_scales,
      ...measure.scales.flatMap((scale) => [...thresholdsOf(scale), ...scale.codes]),
    ])
    expect(evidence.length).toBeGreaterThan(80)
    for (const { source, status } of evidence) {
      expect(source).not.toBe('')
      expect(EVIDENCE_STATUSES).toContain(status)
    }
  })

  it('gives no cut-off or change from memory as confirmed', () => {
    const unsure = scales.flatMap(({ measure, scale }) =>
      thresholdsOf(scale)
        .filter(({ status, is_default }) => is_default && status !== 'CONFIRMED')
        .map(({ kind, value }) => `${measure.measure_id} ${scale.scale_id} ${kind} ${value}`),
    )
    expect(unsure).toEqual([
      'reqol-20 total reliable_change 10',
      'reqol-20 total cutoff 50',
      'gbo goals_mean reliable_change 2.45',
      'wsas total reliable_change 8',
      'core-10 total reliable_change 6',
    ])
  })

  it('the national rule counts ReQoL-10, eight DIALOG items and three goals, and nothing else', () => {
    const drawn = `
      measure_id | scale_id | national_change_points | better
      -----------+----------+------------------------+-------
      reqol-10   | total    | 5                      | higher
      dialog     | item_1   | 1                      | higher
      dialog     | item_2   | 1                      | higher
      dialog     | item_3   | 1                      | higher
      dialog     | item_4   | 1                      | higher
      dialog     | item_5   | 1                      | higher
      dialog     | item_6   | 1                      | higher
      dialog     | item_7   | 1                      | higher
      dialog     | item_8   | 1                      | higher
      gbo        | goal_1   | 3                      | higher
      gbo        | goal_2   | 3                      | higher
      gbo        | goal_3   | 3                      | higher
    `
    const counted = measureScaleRows().filter(({ national_change_points }) => national_change_points !== null)
    expect(onlyDrawn(counted, drawn)).toEqual(table(drawn))
  })

  it('rows for the store have one row per scale of a person, and none of an aggregate', () => {
    const keys = measureScaleRows().map(({ measure_id, scale_id }) => `${measure_id} ${scale_id}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => key.startsWith('fft'))).toEqual([])
    expect(keys).toHaveLength(scales.length - 2)
  })
})

describe('SNOMED CT codes', () => {
  it('every code has a right check digit, and no two scales share one', () => {
    expect(codes.map(({ code }) => code).filter((code) => !isVerhoeffValid(code))).toEqual([])
    expect(codedScores.size).toBe(codes.length)
    expect(codes).toHaveLength(34)
  })

  it('a code that a spreadsheet has rounded fails the check', () => {
    const rounded = ['1037661000000100', '1037671000000100', '1091081000000100', '1034351000000100']
    expect(rounded.map(isVerhoeffValid)).toEqual([false, false, false, false])
    expect(['', '72043300', '7204330OO', '1', '-720433000'].map(isVerhoeffValid)).toEqual(Array(5).fill(false))
  })

  it('both generations of a code lead to the same scale, with the range of the national list', () => {
    const drawn = `
      code             | measure_id | scale_id | min | max
      -----------------+------------+----------+-----+----
      1037661000000102 | dialog     | item_2   | 1   | 8
      1037701000000108 | dialog     | item_6   | 1   | 8
      1833391000000107 | dialog     | item_6   | 1   | 8
      1833401000000105 | dialog     | item_7   | 1   | 8
      1638541000000106 | gbo        | goal_2   | 0   | 10
      1034361000000103 | gbo        | goal_2   | 0   | 10
      1091071000000100 | reqol-10   | total    | 0   | 40
      720433000        | phq-9      | total    | 0   | 27
      506701000000100  | phq-9      | total    | 0   | 27
      932621000000100  | wsas       | item_1   | 0   | 9
      718583008        | core-10    | total    | 0   | 40
    `
    const asked = drawn.match(/\d{9,18}/g) ?? []
    const found = asked.map((code) => ({ ...codedScores.get(code), code: Number(code) }))
    expect(onlyDrawn(found, drawn)).toEqual(table(drawn))
  })
})

it('the codebook page in docs is what the measure files say', async () => {
  await expect(codebook(MEASURES)).toMatchFileSnapshot('../../docs/measures.md')
})

it('the codebook never shows a remembered value as settled', () => {
  const page = codebook(MEASURES)
  expect(page).toContain('cutoff 50 (below it is the clinical range) [from memory: ask your clinical lead to confirm')
  expect(page).toContain('reliable change 5 (points or more, either way) [confirmed; NHS England')
})
