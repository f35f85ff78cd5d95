import { readFileSync } from 'node:fs'
import { type PriceIndex, type PriceIndexId, readGdpDeflator, readNhscii } from './price-index.ts'
import { readUnitCosts } from './read-unit-costs.ts'
import type { UnitCost } from './unit-cost.ts'

/** The edition of each index that is used unless another is asked for. */
export const INDEX_EDITIONS = { nhscii: '2025', gdp_deflator: 'March 2026' } as const

/** The bundled unit-cost table as text: what a project starts from and may correct. */
export function bundledUnitCostsText(): string {
  return bundledText('unit-costs.csv')
}

export function bundledUnitCosts(): UnitCost[] {
  return readUnitCosts(bundledUnitCostsText())
}

/** A bundled price index: the NHS Cost Inflation Index (editions 2024, 2025) or the GDP deflator (March 2026). */
export function bundledPriceIndex(id: PriceIndexId, edition: string = INDEX_EDITIONS[id]): PriceIndex {
  return id === 'nhscii'
    ? readNhscii(bundledText('nhscii.csv'), edition)
    : readGdpDeflator(bundledText('gdp-deflator.csv'), edition)
}

function bundledText(name: string): string {
  return readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8')
}
