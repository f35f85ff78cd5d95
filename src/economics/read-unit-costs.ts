import { EVENT_TYPES } from '../usage/event-types.ts'
import { isFinancialYear } from './financial-year.ts'
import { readTable, type TableLine, tableRefusal } from './read-table.ts'
import {
  CASH_RELEASING,
  type CostedItem,
  isCostedItem,
  PAYERS,
  PRICE_STATUSES,
  SECTORS,
  type UnitCost,
} from './unit-cost.ts'

const COLUMNS = [
  'unit_cost_id',
  'event_type',
  'item',
  'unit',
  'low_gbp',
  'high_gbp',
  'price_year',
  'source',
  'edition',
  'table',
  'payer',
  'sector',
  'cash_releasing',
  'is_proxy',
  'proxy_source',
  'licence',
  'status',
] as const

type Column = (typeof COLUMNS)[number]
type Fault = (column: Column, what: string) => void

/**
 * Reads a unit-cost table: one line, one price, one source. A line without a price is allowed and stays without one.
 * @throws OperatorError naming line and column of every fault.
 */
export function readUnitCosts(text: string, name = 'unit-costs.csv'): UnitCost[] {
  const faults: string[] = []
  const lines = readTable(name, text, COLUMNS)
  const costs = lines.map((line) =>
    readLine(line, (column, what) => {
      faults.push(`line ${line.line}, column ${column}: ${what}`)
    }),
  )
  faults.push(...repeated(lines, 'unit_cost_id'), ...repeated(lines, 'event_type'), ...unknownAlternatives(lines))
  if (faults.length > 0) throw tableRefusal(name, faults)
  return costs
}

function readLine({ cells }: TableLine, fault: Fault): UnitCost {
  const cell = (column: Column): string => cells[column] ?? ''
  const required = (column: Column): string => {
    if (cell(column) === '') fault(column, 'is blank')
    return cell(column)
  }
  const oneOf = <Word extends string>(column: Column, words: readonly Word[]): Word => {
    const found = words.find((word) => word === cell(column))
    if (found === undefined) fault(column, `is none of ${words.join(', ')}`)
    return found ?? (words[0] as Word)
  }
  const cost = {
    unit_cost_id: required('unit_cost_id'),
    event_type: itemOf(cell('event_type'), fault),
    item: required('item'),
    unit: required('unit'),
    low_gbp: pounds(cell('low_gbp'), 'low_gbp', fault),
    high_gbp: pounds(cell('high_gbp'), 'high_gbp', fault),
    price_year: cell('price_year') || null,
    source: required('source'),
    edition: cell('edition') || null,
    table: cell('table') || null,
    payer: oneOf('payer', PAYERS),
    sector: oneOf('sector', SECTORS),
    cash_releasing: oneOf('cash_releasing', CASH_RELEASING),
    is_proxy: oneOf('is_proxy', ['yes', 'no']) === 'yes',
    proxy_source: cell('proxy_source') || null,
    licence: cell('licence') || null,
    status: oneOf('status', PRICE_STATUSES),
    alternative_to: (cells.alternative_to ?? '').split(/\s+/).filter((id) => id !== ''),
  }
  checkTogether(cost, fault)
  return cost
}

function checkTogether(cost: UnitCost, fault: Fault): void {
  const { low_gbp: low, high_gbp: high } = cost
  if ((low === null) !== (high === null)) fault('high_gbp', 'low_gbp and high_gbp are given together or not at all')
  if (low !== null && high !== null && low > high) fault('high_gbp', 'is below low_gbp')
  if (low !== null && cost.status === 'missing') fault('status', 'is missing although there is a price')
  if (low === null && cost.status !== 'missing') fault('status', 'is not missing although there is no price')
  if (low !== null && cost.price_year === null) fault('price_year', 'is blank although there is a price')
  if (cost.price_year !== null && !isFinancialYear(cost.price_year))
    fault('price_year', 'is not a financial year such as 2024/25')
  if (cost.is_proxy && cost.proxy_source === null) fault('proxy_source', 'is blank although is_proxy is yes')
}

function itemOf(text: string, fault: Fault): CostedItem | null {
  if (text === '') return null
  const isStay = EVENT_TYPES.some((type) => type.is_stay && `bed_day:${type.id}` === text)
  if (isCostedItem(text) && (isStay || !text.startsWith('bed_day:'))) return text
  fault('event_type', 'is no event type, nor bed_day: with the event type of a stay')
  return null
}

function pounds(text: string, column: Column, fault: Fault): number | null {
  if (text === '') return null
  if (!/^\d+(\.\d{1,2})?$/.test(text)) fault(column, 'is not an amount in pounds such as 280 or 38.43')
  return Number(text)
}

/** A second price for one item has to say which line it stands beside, and stays unused until it takes that line's place. */
function unknownAlternatives(lines: readonly TableLine[]): string[] {
  const ids = new Set(lines.map(({ cells }) => cells.unit_cost_id))
  return lines.flatMap(({ line, cells }) => {
    const named = (cells.alternative_to ?? '').split(/\s+/).filter((id) => id !== '')
    const where = `line ${line}, column alternative_to:`
    return [
      ...named.filter((id) => !ids.has(id)).map((id) => `${where} there is no line ${id}`),
      ...(named.length > 0 && cells.event_type !== '' ? [`${where} a line with an event type is the price used`] : []),
    ]
  })
}

function repeated(lines: readonly TableLine[], column: Column): string[] {
  const first = new Map<string, number>()
  return lines.flatMap(({ line, cells }) => {
    const text = cells[column] ?? ''
    const earlier = first.get(text)
    if (text === '') return []
    if (earlier !== undefined) return [`line ${line}, column ${column}: repeats line ${earlier}`]
    first.set(text, line)
    return []
  })
}
