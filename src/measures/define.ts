import type { Item, Scale } from './measure.ts'

type ScaleParts = Pick<Scale, 'scale_id' | 'label' | 'min' | 'max' | 'better' | 'rule' | 'items'> & Partial<Scale>

/** A scale; what is left out is absent, never assumed. */
export function scale(parts: ScaleParts): Scale {
  return {
    reliable_change: null,
    cutoff: null,
    national_change_points: null,
    other_thresholds: [],
    bands: [],
    codes: [],
    ...parts,
  }
}

/** Items `item1 … itemN`, all answered on one range. Themes are given by item number where they matter. */
export function numberedItems(count: number, [min, max]: readonly [number, number], themes: Themes = {}): Item[] {
  return itemIds(1, count).map((item_id, index) => ({
    item_id,
    theme: themes[index + 1] ?? null,
    min,
    max,
    is_optional: false,
  }))
}

type Themes = Readonly<Record<number, string>>

/** `item1`, `item2` … from one number to another, both included. */
export function itemIds(first: number, last: number, stem = 'item'): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${stem}${first + index}`)
}
