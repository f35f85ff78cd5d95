import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { measureById } from '../../src/measures/registry.ts'
import { scoreForm } from '../../src/measures/score-form.ts'
import { checkAccounting } from '../../src/store/load.ts'
import { openStore } from '../../src/store/open.ts'
import { bundled, file, load } from './reading-room.ts'

const SHAPES = join(import.meta.dirname, '../../fixtures/real-shapes')

function total(row: Record<string, unknown>): unknown {
  const measure = measureById(String(row.measure_id))
  if (measure === null) throw new Error('no such measure')
  return scoreForm(measure, String(row.items).split(','), { coding: 'scored' }).scores.total
}

describe('exports as real systems write them', () => {
  it('True Colours responses: answered ones are read from their JSON, extra items left to the measure, the rest held back by reason', async () => {
    const { report, rows, faults } = await load(
      join(SHAPES, 'questionnaire-responses.csv'),
      bundled('true-colours-responses'),
    )
    expect(report).toMatchObject({
      delimiter: '|',
      physical_lines: 10,
      records: 9,
      loaded: 6,
      duplicates: 0,
      quarantined: 3,
    })
    expect(faults()).toEqual(['3 not_completed', '7 unknown_measure', '10 not_completed'])
    const forms = rows('assessment_record')
    expect(forms.map((row) => [row.measure_id, (total(row) as { score: number }).score])).toEqual([
      ['phq-9', 3 + 2 + 3 + 1 + 2 + 3 + 1 + 2 + 0],
      ['gad-7', 2 + 2 + 1 + 1 + 1 + 2 + 3],
      ['reqol-10', 3 + 2 + 1 + 2 + 4 + 2 + 3 + 3 + 2 + 2],
      ['wsas', 3 + 5 + 3 + 5 + 5],
      ['phq-9', 2 + 2 + 2 + 3 + 2 + 3 + 2 + 1 + 3],
      ['phq-9', 2 + 3 + 2 + 3 + 2 + 3 + 2 + 2 + 3],
    ])
    expect(report.columns_left_out).toEqual(expect.arrayContaining(['responses', 'interoperability', 'staffid']))
  })

  it('True Colours patients are the people of the responses; names and addresses are left out', async () => {
    const store = openStore(':memory:')
    await load(join(SHAPES, 'questionnaire-responses.csv'), bundled('true-colours-responses'), { store })
    const { report, rows } = await load(join(SHAPES, 'patients.csv'), bundled('true-colours-patients'), { store })
    expect(report).toMatchObject({
      loaded: 3,
      quarantined: 1,
      issues: { nhs_number_check_digit: 1 },
      flags: { test_nhs_number: 2 },
    })
    expect(report.columns_left_out).toEqual(
      expect.arrayContaining(['firstname', 'lastname', 'contactemail', 'mobilenumber']),
    )
    const keys = (table: string) => new Set(rows(table).map((row) => row.local_identity_key))
    expect(keys('person_record')).toEqual(keys('assessment_record'))
    expect(rows('person_record').map((row) => [row.birth_month, row.death_date])).toEqual([
      ['1980-02', null],
      ['1991-10', null],
      ['2001-08', '2025-12-01'],
    ])
    expect(checkAccounting(store.sqlite)).toEqual([])
  })

  it('a REDCap export of response numbers: every row is accounted for and none is loaded', async () => {
    const { report } = await load(join(SHAPES, 'redcap-export.json'), bundled('redcap-true-colours'))
    expect(report).toMatchObject({ records: 4, loaded: 0, quarantined: 4, issues: { nothing_to_load: 4 } })
  })

  it('A&E counts become one row per count; one that was not sent holds its row back', async () => {
    const { report, rows, faults } = await load(join(SHAPES, 'ae-attendances.csv'), bundled('nhs-ae-attendances'))
    expect(report).toMatchObject({ records: 4, loaded: 3, quarantined: 1 })
    expect(faults()).toEqual(['5 not_an_integer'])
    expect(rows('aggregate_count')).toHaveLength(9)
    expect(rows('aggregate_count')[0]).toMatchObject({
      service_code: 'RZ1',
      period_date: '2025-01-01',
      subject: 'ae_type_1',
      category: 'attendances',
      count_value: 2100,
    })
  })

  it('a published list of codes: NULL is blank, a trailing space is nothing, and a damaged code is kept and marked', async () => {
    const headings = [
      'Category',
      'Assessment Tool Name',
      'Preferred Term (SNOMED-CT)',
      'Active Concept ID (SNOMED CT)',
      'SNOMED Code Version',
      'Lower Range',
      'Upper Range',
      'CYPMH',
    ]
    const rows = [
      headings,
      ['PROM ', 'DIALOG ', 'DIALOG satisfaction 3', '1037671000000109', 'v1', 1, 8, 'NULL'],
      ['PROM ', 'DIALOG ', 'DIALOG satisfaction 3', '1037671000000100', 'v1', 1, 8, 'NULL'],
      ['CROM', 'Something', 'Something else', '720433000', 'NULL', 'NULL', 'NULL', 'NULL'],
    ]
    const path = file(await writeXlsx({ sheets: [{ name: 'Sheet1', rows }] }), 'codes.xlsx')
    const loaded = await load(path, bundled('mhsds-assessment-codes'))
    expect(loaded.report).toMatchObject({ records: 3, loaded: 3, quarantined: 0 })
    expect(
      loaded
        .rows('code_list_entry')
        .map((row) => [row.category, row.lower_bound, row.upper_bound, row.is_check_digit_valid]),
    ).toEqual([
      ['PROM', 1, 8, 1],
      ['PROM', 1, 8, 0],
      ['CROM', null, null, 1],
    ])
  })
})
