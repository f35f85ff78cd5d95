import type { Random } from '../../src/stats/random.ts'
import { CELL_DAMAGES, type CellDamage } from './damage-cells.ts'
import type { Grid } from './form.ts'
import { type Kind, pick, upTo } from './kinds.ts'

/** A cell put wrong with known truth: which record, and what has to come of it. */
export interface KnownDamage {
  readonly grid: Grid
  readonly record: number
  readonly damage: CellDamage
}

/** Damages one cell that is read, as its kind can be. Null where the cell chosen is blank. */
export function damageCell(grid: Grid, kind: Kind, random: Random): KnownDamage | null {
  const record = upTo(random, grid.length - 1)
  const columns = kind.cells.flatMap((cell, index) => (cell === null ? [] : [index]))
  const column = pick(random, columns)
  const fitting = CELL_DAMAGES.filter(({ kinds }) => kinds.includes(kind.cells[column] as (typeof kinds)[number]))
  if (fitting.length === 0) return null
  const damage = pick(random, fitting)
  const text = damage.to(grid[record + 1]?.[column] ?? '', random)
  if (text === null) return null
  return { grid: withCell(grid, record + 1, column, text), record, damage }
}

/** The first record whose cell in that column can be damaged so. */
export function damageCellAs(grid: Grid, column: number, damage: CellDamage, random: Random): KnownDamage | null {
  for (let record = 0; record < grid.length - 1; record++) {
    const text = damage.to(grid[record + 1]?.[column] ?? '', random)
    if (text !== null) return { grid: withCell(grid, record + 1, column, text), record, damage }
  }
  return null
}

type Change = (grid: string[][], random: Random) => void

const CHANGES: readonly Change[] = [
  function cellsSwapped(grid, random) {
    const [a, b] = [recordOf(grid, random), recordOf(grid, random)]
    const [i, j] = [upTo(random, a.length), upTo(random, b.length)]
    const text = a[i] as string
    a[i] = b[j] as string
    b[j] = text
  },
  function columnSwapped(grid, random) {
    const [a, b] = [recordOf(grid, random), recordOf(grid, random)]
    const i = upTo(random, a.length)
    const text = a[i] as string
    a[i] = b[i] ?? ''
    b[i] = text
  },
  function rowsSwapped(grid, random) {
    const [i, j] = [1 + upTo(random, grid.length - 1), 1 + upTo(random, grid.length - 1)]
    const row = grid[i] as string[]
    grid[i] = grid[j] as string[]
    grid[j] = row
  },
  function rowTwice(grid, random) {
    grid.splice(1 + upTo(random, grid.length), 0, [...recordOf(grid, random)])
  },
  function rowLost(grid, random) {
    if (grid.length > 2) grid.splice(1 + upTo(random, grid.length - 1), 1)
  },
  function cellLost(grid, random) {
    const row = recordOf(grid, random)
    row.splice(upTo(random, row.length), 1)
  },
  function cellTooMany(grid, random) {
    const row = recordOf(grid, random)
    row.splice(upTo(random, row.length), 0, pick(random, ['', '7', 'x', '2025-01-02']))
  },
  function headingsTwice(grid, random) {
    grid.splice(1 + upTo(random, grid.length), 0, [...(grid[0] as string[])])
  },
  function blankRow(grid, random) {
    grid.splice(
      1 + upTo(random, grid.length),
      0,
      (grid[0] as string[]).map(() => ''),
    )
  },
  function headingsSwapped([headings = []], random) {
    const [i, j] = [upTo(random, headings.length), upTo(random, headings.length)]
    const text = headings[i] as string
    headings[i] = headings[j] as string
    headings[j] = text
  },
  function headingDamaged([headings = []], random) {
    const i = upTo(random, headings.length)
    const heading = headings[i] as string
    headings[i] = pick(random, [
      heading.toUpperCase(),
      ` ${heading} `,
      `${heading}s`,
      heading.slice(1),
      '',
      '__proto__',
      headings[0] as string,
    ])
  },
  function columnsShuffled(grid, random) {
    const order = (grid[0] as string[]).map((_, index) => ({ index, at: random() }))
    order.sort((a, b) => a.at - b.at)
    for (const row of grid) row.splice(0, row.length, ...order.map(({ index }) => row[index] ?? ''))
  },
]

/** Damages the order and number of cells, rows and headings: nothing of it makes a value that was not there. */
export function damageGrid(grid: Grid, random: Random): { grid: Grid; how: string } {
  const copy = grid.map((row) => [...row])
  const change = pick(random, CHANGES)
  change(copy, random)
  return { grid: copy, how: change.name }
}

function recordOf(grid: string[][], random: Random): string[] {
  return grid[1 + upTo(random, grid.length - 1)] as string[]
}

function withCell(grid: Grid, row: number, column: number, text: string): Grid {
  return grid.map((cells, r) => (r === row ? cells.map((cell, c) => (c === column ? text : cell)) : cells))
}
