import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../src/domain/operator-error.ts'
import { bundledUnitCosts, bundledUnitCostsText } from '../../src/economics/bundled.ts'
import { readUnitCosts } from '../../src/economics/read-unit-costs.ts'
import { onlyDrawn, table } from '../table.ts'

const HEADING =
  'unit_cost_id,event_type,item,unit,low_gbp,high_gbp,price_year,source,edition,table,payer,sector,cash_releasing,is_proxy,proxy_source,licence,status'
const GP = 'gp,gp,GP visit,visit,40,48,2024/25,PSSRU,2025,9.4.2,primary_care,nhs_pss,cost_avoidance,no,,,secondary'

describe('the bundled unit costs', () => {
  const costs = bundledUnitCosts()

  it('are the cited prices, as printed and never uprated', () => {
    const drawing = `
      unit_cost_id        | event_type                      | low_gbp | high_gbp | price_year | payer               | status
      --------------------+---------------------------------+---------+----------+------------+---------------------+----------
      ae_mental_health    | ae_mental_health                | 280     | 280      | 2024/25    | acute_trust         | secondary
      ae_physical_health  | ae_physical_health              | 280     | 280      | 2024/25    | acute_trust         | secondary
      ae_unspecified      | ae_unspecified                  | 280     | 280      | 2024/25    | acute_trust         | secondary
      mh_bed_day          | bed_day:admission_mental_health | 564     | 564      | 2024/25    | mental_health_trust | check
      out_of_area_bed_day | bed_day:admission_out_of_area   | 620     | 620      | 2021/22    | mental_health_trust | confirmed
      ambulance           | ambulance                       | 327     | 327      | 2023/24    | ambulance_trust     | secondary
      gp                  | gp                              | 40      | 48       | 2024/25    | primary_care        | secondary
      police_incident     | police                          | 522     | 522      | 2011/12    | police              | check
    `
    const used = costs.filter((cost) => cost.event_type !== null && cost.low_gbp !== null)
    expect(onlyDrawn(used, drawing)).toEqual(table(drawing))
  })

  it('leave blank what no source was found for', () => {
    const blank = costs.filter((cost) => cost.low_gbp === null).map((cost) => cost.event_type)
    expect(blank).toEqual([
      'bed_day:admission_physical_health',
      's136',
      'crisis_line',
      'crisis_team',
      'liaison',
      'nhs_111',
    ])
  })

  it('keep police apart from NHS and social care', () => {
    const other = costs.filter((cost) => cost.sector === 'other_public').map((cost) => cost.payer)
    expect(new Set(other)).toEqual(new Set(['police']))
  })

  it('survive being saved with Windows line ends and a byte order mark', () => {
    expect(readUnitCosts(`\uFEFF${bundledUnitCostsText().replaceAll('\n', '\r\n')}`)).toEqual(costs)
  })
})

describe('a unit-cost table with a fault is refused, naming line and column', () => {
  it.each([
    ['low_gbp', GP.replace(',40,', ',£40,'), 'line 2, column low_gbp: is not an amount in pounds'],
    ['high_gbp', GP.replace(',48,', ',39,'), 'line 2, column high_gbp: is below low_gbp'],
    ['one end only', GP.replace(',40,', ',,'), 'line 2, column high_gbp: low_gbp and high_gbp are given together'],
    ['price_year', GP.replace('2024/25', '2024'), 'line 2, column price_year: is not a financial year'],
    ['price_year', GP.replace('2024/25', '2024/26'), 'line 2, column price_year: is not a financial year'],
    ['price_year', GP.replace('2024/25', ''), 'line 2, column price_year: is blank although there is a price'],
    ['event_type', GP.replace('gp,gp', 'gp,bed_day:gp'), 'line 2, column event_type: is no event type'],
    ['event_type', GP.replace('gp,gp', 'gp,bed_day:bed_day:s136'), 'line 2, column event_type: is no event type'],
    ['payer', GP.replace('primary_care', 'the NHS'), 'line 2, column payer: is none of'],
    ['source', GP.replace('PSSRU', ''), 'line 2, column source: is blank'],
    ['proxy', GP.replace(',no,', ',yes,'), 'line 2, column proxy_source: is blank although is_proxy is yes'],
    ['status', GP.replace('secondary', 'missing'), 'line 2, column status: is missing although there is a price'],
    ['repeated', `${GP}\n${GP.replace('gp,gp', 'gp2,gp')}`, 'line 3, column event_type: repeats line 2'],
    ['cells', GP.replace('GP visit', 'GP, visit'), 'line 2: has 18 cells where the heading has 17'],
  ])('%s', (_, lines, words) => {
    const read = () => readUnitCosts(`${HEADING}\n${lines}\n`)
    expect(read).toThrow(OperatorError)
    expect(read).toThrow(words)
  })

  it.each([
    ['', 'nowhere', 'line 3, column alternative_to: there is no line nowhere'],
    ['gp', 'gp', 'line 3, column alternative_to: a line with an event type is the price used'],
  ])('another price has to say beside which it stands, and is not used (%#)', (event_type, named, words) => {
    const other = GP.replace('gp,gp', `gp2,${event_type}`)
    const text = `${HEADING},alternative_to\n${GP},\n${other},${named}\n`
    expect(() => readUnitCosts(text)).toThrow(words)
  })

  it('reports all faults of all lines together', () => {
    const two = `${HEADING}\n${GP.replace(',40,', ',x,')}\n${GP.replace('gp,gp', 'b,').replace('2024/25', '24/25')}`
    expect(() => readUnitCosts(two)).toThrow(/line 2, column low_gbp[\s\S]*line 3, column price_year/)
  })
})
