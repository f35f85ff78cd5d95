import { afterAll, describe, expect, it } from 'vitest'
import { parseProject, projectJsonSchema, readProject } from '../../pipelines/project.ts'
import { starterProject } from '../../pipelines/starter-files.ts'
import { OperatorError } from '../../src/domain/operator-error.ts'
import { CliRoom } from './cli-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

function faults(text: string): string[] {
  try {
    parseProject(text)
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError)
    expect((error as OperatorError).exit_code).toBe(2)
    return (error as OperatorError).message
      .split('\n')
      .slice(1, -1)
      .map((line) => line.trim())
  }
  return []
}

describe('outcomes.yaml is refused by line and key', () => {
  const two = 'services: [{ code: a, name: A }, { code: bb-west, name: B }]\n'
  it.each([
    ['rules: { reentry_day: 3 }', 'line 1: rules.reentry_day: is not a setting; did you mean reentry_days?'],
    ['\nrule: {}', 'line 2: rule: is not a setting; did you mean rules?'],
    ['rules:\n  min_pair_days: soon', 'line 2: rules.min_pair_days: expected a number'],
    ['rules:\n  min_pair_days: 1.5', 'line 2: rules.min_pair_days: expected a whole number'],
    ['rules:\n  window_months: 61', 'line 2: rules.window_months: must be at most 60'],
    ['- a', 'line 1: the file: expected settings, each a key and a value'],
    ['data_start: 2019-02-30', 'line 1: data_start: is not a YYYY-MM-DD date'],
    ['data_start: 2024-01-01\ndata_end: 2023-01-01', 'data_end: is before data_start'],
    [
      'disclosure:\n  preset: none',
      'line 2: disclosure.preset: expected one of mhsds-5/5, hes-7/5, opensafely-7/5, ten',
    ],
    ['services:\n  - { name: y }', 'line 2: services (entry 1).code: is missing'],
    ['services: [{ code: a, name: A }, { code: a, name: B }]', 'services: a is there more than once'],
    [
      `${two}sources: [{ files: x.csv, service: bb-wst }]`,
      'sources: service bb-wst is not listed under services; did you mean bb-west?',
    ],
    [
      'programmes: [{ service: a, price_year: 2024/25, source: x }]',
      'line 1: programmes (entry 1): needs one of cost_per_person_gbp, cost_per_year_gbp with people_per_year, or staff, groups, rooms and set_up with people_per_year',
    ],
    [
      'usage: [{ service: a, event_types: [gp] }]\ncomparators: [{ service: a, with: b }]',
      'comparators: no extracts of b are listed under usage',
    ],
    [
      'usage: [{ service: a, event_types: [gp] }]\ncomparators: [{ service: a, with: a }]',
      'comparators: a is compared with itself',
    ],
    [
      `${two}usage: [{ service: bb-west, event_types: [gp] }]\ncomparators: [{ service: bb-west, with: bb-wst }]`,
      'comparators: service bb-wst is not listed under services; did you mean bb-west?',
    ],
    ['\tproject: x', 'line 1: this is not valid YAML: a tab stands where spaces are needed'],
    ['project: x\nproject: y', 'line 2: this is not valid YAML: the same key is there twice'],
    [
      'measures:\n  reqol-21: { total: { cutoff: 1, source: x } }',
      'line 2: measures.reqol-21: is not a setting; did you mean reqol-20?',
    ],
    [
      'measures:\n  reqol-20:\n    totl: { cutoff: 1, source: x }',
      'line 3: measures.reqol-20.totl: is not a setting; did you mean total?',
    ],
    [
      'measures:\n  itq:\n    diagnosis: { cutoff: 1, source: x }',
      'line 3: measures.itq.diagnosis: is not a setting; expected ptsd, dso, total',
    ],
    ['measures:\n  itq:\n    ptsd: { reliable_change: 6 }', 'line 3: measures.itq.ptsd.source: is missing'],
    [
      'measures:\n  itq:\n    ptsd: { source: x }',
      'line 3: measures.itq.ptsd: needs reliable_change, cutoff or both, norms or index_norms',
    ],
    [
      'measures:\n  itq:\n    ptsd: { reliable_change: 0, source: x }',
      'line 3: measures.itq.ptsd.reliable_change: must be above 0',
    ],
    [
      'measures:\n  itq:\n    ptsd: { reliable_change: 25, source: x }',
      'line 3: measures.itq.ptsd.reliable_change: is more than the score can change, which is 24',
    ],
    [
      'measures:\n  itq:\n    ptsd: { cutoff: -1, source: x }',
      "line 3: measures.itq.ptsd.cutoff: is outside the score's range of 0 to 24",
    ],
  ])('%j', (text, fault) => {
    expect(faults(text)).toEqual([fault])
  })

  it('names every fault at once', () => {
    expect(
      faults('rules:\n  reentry_days: -1\n  window_months: 0\nusage:\n  - { service: a, event_types: [] }'),
    ).toEqual([
      'line 2: rules.reentry_days: must be at least 0',
      'line 3: rules.window_months: must be at least 1',
      'line 5: usage (entry 1).event_types: may not be empty',
    ])
  })

  it('refuses a file that is not UTF-8, and a folder in its place', () => {
    room.put('latin/outcomes.yaml', Buffer.from('project: Caf\u00e9', 'latin1'))
    expect(() => readProject(`${room.dir}/latin`)).toThrow('it is not text in UTF-8')
    room.put('folder/outcomes.yaml/x', '')
    expect(() => readProject(`${room.dir}/folder`)).toThrow('it cannot be read (EISDIR)')
  })
})

describe('a project file in good order', () => {
  it('is total: what is left out stands at its default', () => {
    expect(parseProject('')).toMatchObject({
      rules: { reentry_days: 90, min_pair_days: 14, window_months: 12, index_event: 'first_contact' },
      measures: {},
      disclosure: { preset: 'hes-7/5' },
      prices: { year: '2024/25', index: 'nhscii' },
    })
  })

  it('as the starter writes it says what the defaults are, and its comments are valid settings', () => {
    const { rules, disclosure, prices } = parseProject('')
    expect(parseProject(starterProject())).toMatchObject({
      rules,
      disclosure,
      prices: { ...prices, unit_costs: 'unit-costs.csv' },
    })
    const uncommented = starterProject()
      .replaceAll(/^# (?=(data_|services:|sources:|measures:|usage:|programmes:| {2}))/gm, '')
      .replace('gbp: 0,', 'gbp: 1,')
    const all = parseProject(uncommented)
    expect(all.measures).toEqual({
      'reqol-20': { total: { reliable_change: 10, cutoff: 50, source: 'Service lead, 2025' } },
    })
    expect([all.services, all.sources, all.usage, all.programmes].map((it) => it.length)).toEqual([1, 1, 1, 1])
  })

  it('has a JSON Schema that editors can use, kept in docs', async () => {
    const schema = { title: 'outcomes.yaml', ...projectJsonSchema() }
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/outcomes.schema.json')
  })
})
