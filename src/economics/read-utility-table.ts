import { readTable, type TableLine, tableRefusal } from './read-table.ts'

/** What takes how much off full health: a licence holder's table as a program uses it. */
export interface UtilityDecrements {
  readonly items: readonly string[]
  /** Lowest and highest value that the table can give. */
  readonly range: readonly [number, number]
  /** `levels`: 1 the best to 5 the worst, in the order of the items. */
  utility(levels: readonly number[]): number
}

const LEVELS = [1, 2, 3, 4, 5]
const N_ITEMS = 7

/**
 * Reads a table of ReQoL-UI weights that a licence holder supplies: columns `item` (item1 to item11, or item1 to item20 with the
 * physical item last), `level` (1 the best to 5 the worst) and `takes_off`, what that level takes off 1. Seven items, five levels each.
 * @throws OperatorError with every fault by its line.
 */
export function readUtilityTable(name: string, text: string): UtilityDecrements {
  const lines = readTable(name, text, ['item', 'level', 'takes_off'])
  const faults = lines.flatMap(lineFaults)
  if (faults.length > 0) throw tableRefusal(name, faults)
  const items = [...new Set(lines.map((it) => it.cells.item as string))]
  const table = items.map((item) => LEVELS.map((level) => decrement(lines, item, level)))
  const gaps = items.flatMap((item, nth) =>
    LEVELS.filter((_, level) => table[nth]?.[level] === null).map(
      (level) => `${item}: level ${level} is missing or there twice`,
    ),
  )
  if (items.length !== N_ITEMS) gaps.push(`it holds ${items.length} items; ReQoL-UI is about seven`)
  if (gaps.length > 0) throw tableRefusal(name, gaps)
  const weights = table as number[][]
  const utility = (levels: readonly number[]) =>
    1 - levels.reduce((total, level, nth) => total + (weights[nth]?.[level - 1] as number), 0)
  const end = (pick: (...values: number[]) => number) => 1 - weights.reduce((total, own) => total + pick(...own), 0)
  return { items, range: [end(Math.max), end(Math.min)], utility }
}

function lineFaults({ line, cells: { item = '', level = '', takes_off = '' } }: TableLine): string[] {
  return [
    ...(/^item([1-9]|1\d|2[01])$/.test(item) ? [] : [`line ${line}: item is not item1, item2 …`]),
    ...(/^[1-5]$/.test(level) ? [] : [`line ${line}: level is not 1 to 5`]),
    ...(/^-?\d+(\.\d+)?$/.test(takes_off) ? [] : [`line ${line}: takes_off is not a number`]),
  ]
}

function decrement(lines: readonly TableLine[], item: string, level: number): number | null {
  const own = lines.filter((it) => it.cells.item === item && it.cells.level === String(level))
  return own.length === 1 ? Number(own[0]?.cells.takes_off) : null
}
