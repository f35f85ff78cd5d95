import { financialYearFrom, isFinancialYear, startYear } from './financial-year.ts'
import { readTable, type TableLine, tableRefusal } from './read-table.ts'

export type PriceIndexId = 'nhscii' | 'gdp_deflator'
export type IndexYearStatus = 'base' | 'final' | 'revised' | 'provisional' | 'forecast'

/** Price levels by financial year, on any base: only ratios are used. The edition is part of where a number comes from. */
export interface PriceIndex {
  readonly index_id: PriceIndexId
  readonly edition: string
  readonly source: string
  readonly levels: ReadonlyMap<string, { readonly level: number; readonly status: IndexYearStatus }>
}

export interface Uprating {
  readonly factor: number
  /** Years between the two, the earlier left out, whose figure may still change. */
  readonly provisional_years: readonly string[]
  readonly forecast_years: readonly string[]
}

export type UpratingResult = Uprating | { readonly code: 'year_not_in_index'; readonly financial_year: string }

/**
 * What £1 at the prices of `from` is at the prices of `to`. NHSCII gives the rise *into* each year, so the rises after
 * `from` up to and including `to` are multiplied; the GDP deflator is a ratio of levels. A year the index does not
 * have is refused, never extrapolated.
 */
export function uprating(index: PriceIndex, from: string, to: string): UpratingResult {
  const [fromLevel, toLevel] = [index.levels.get(from), index.levels.get(to)]
  if (fromLevel === undefined) return { code: 'year_not_in_index', financial_year: from }
  if (toLevel === undefined) return { code: 'year_not_in_index', financial_year: to }
  const used = yearsUsed(index, from, to)
  const withStatus = (status: IndexYearStatus) => used.filter((year) => index.levels.get(year)?.status === status)
  return {
    factor: toLevel.level / fromLevel.level,
    provisional_years: withStatus('provisional'),
    forecast_years: withStatus('forecast'),
  }
}

function yearsUsed(index: PriceIndex, from: string, to: string): string[] {
  if (from === to) return []
  // A ratio of levels rests on its two ends; a chain of rises rests on every rise in between.
  if (index.index_id === 'gdp_deflator') return [from, to]
  const [first, last] = [startYear(from), startYear(to)].sort((a, b) => a - b) as [number, number]
  return Array.from({ length: last - first }, (_, i) => financialYearFrom(first + 1 + i))
}

/** NHS Cost Inflation Index, pay and prices: the annual rises of one edition, compounded into levels. */
export function readNhscii(text: string, edition: string): PriceIndex {
  const lines = readEdition('nhscii.csv', text, ['pay_and_prices_pct'], edition)
  const levels = new Map<string, { level: number; status: IndexYearStatus }>()
  let level = 1
  for (const { cells, line } of lines) {
    const status = statusOf(cells.status ?? '', 'nhscii.csv', line)
    if (status !== 'base') level *= 1 + numberOf(cells, 'pay_and_prices_pct', 'nhscii.csv', line) / 100
    levels.set(cells.financial_year as string, { level, status })
  }
  return { index_id: 'nhscii', edition, source: lines.at(-1)?.cells.source ?? '', levels }
}

/** HM Treasury's GDP deflator: levels of one edition. Forecast years are flagged and never pass for outturn. */
export function readGdpDeflator(text: string, edition: string): PriceIndex {
  const lines = readEdition('gdp-deflator.csv', text, ['index'], edition)
  const levels = lines.map(({ cells, line }) => {
    const status = statusOf(cells.status ?? '', 'gdp-deflator.csv', line)
    return [
      cells.financial_year as string,
      { level: numberOf(cells, 'index', 'gdp-deflator.csv', line), status },
    ] as const
  })
  return { index_id: 'gdp_deflator', edition, source: lines[0]?.cells.source ?? '', levels: new Map(levels) }
}

function readEdition(name: string, text: string, columns: readonly string[], edition: string): TableLine[] {
  const all = readTable(name, text, ['edition', 'financial_year', 'status', 'source', ...columns])
  const lines = all.filter((line) => line.cells.edition === edition)
  if (lines.length === 0) throw tableRefusal(name, [`it has no edition ${edition}`])
  const faults = lines.flatMap(({ line, cells }, i) => {
    const year = cells.financial_year ?? ''
    if (!isFinancialYear(year)) return [`line ${line}, column financial_year: is not a financial year such as 2024/25`]
    const previous = lines[i - 1]?.cells.financial_year
    if (previous === undefined || startYear(year) === startYear(previous) + 1) return []
    return [`line ${line}, column financial_year: does not follow the year above it`]
  })
  if (faults.length > 0) throw tableRefusal(name, faults)
  return lines
}

function numberOf(cells: TableLine['cells'], column: string, name: string, line: number): number {
  const text = cells[column] ?? ''
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw tableRefusal(name, [`line ${line}, column ${column}: is not a number`])
  return Number(text)
}

function statusOf(text: string, name: string, line: number): IndexYearStatus {
  if (['base', 'final', 'revised', 'provisional', 'forecast'].includes(text)) return text as IndexYearStatus
  throw tableRefusal(name, [`line ${line}, column status: is none of base, final, revised, provisional, forecast`])
}
