import type { Random } from '../../../fixtures/generate/random.ts'
import type { OddFile } from '../../../fixtures/odd-files/files.ts'
import { csv, type OddCell } from '../../../fixtures/odd-files/write-odd.ts'
import { readCsv } from '../../../src/domain/csv.ts'

type Grid = readonly (readonly OddCell[])[]

/** Ways to make a file odder that leave what it truly says as it is, or take some of it away. */
export const MUTATIONS: Readonly<Record<string, (grid: Grid, random: Random) => Grid>> = {
  'a column gone': (grid, random) => {
    const gone = random.integer(0, width(grid) - 1)
    return grid.map((row) => row.filter((_, at) => at !== gone))
  },
  'a heading that says nothing': (grid, random) => {
    const at = random.integer(0, width(grid) - 1)
    return withHeadings(grid, (heading, column) => (column === at ? `Field${at}x` : heading))
  },
  'half of the headings say nothing': (grid, random) =>
    withHeadings(grid, (heading, column) => (random.chance(0.5) ? `Field${column}x` : heading)),
  'no heading says anything': (grid) =>
    withHeadings(grid, (_, column) => `V_${String.fromCharCode(97 + (column % 26))}${column}z`),
  'columns in another order': (grid, random) => {
    const order = random.sample(
      Array.from({ length: width(grid) }, (_, at) => at),
      width(grid),
    )
    return grid.map((row) => order.map((at) => row[at] ?? ''))
  },
  'the first few rows only': (grid, random) => grid.slice(0, random.integer(3, 25)),
  'no headings': (grid) => grid.slice(1),
  'a column of small numbers more': (grid, random) =>
    withColumn(grid, random, random.pick(['Q11', 'Score 2', 'Extra', 'ID', 'Rating', 'PHQ']), () =>
      random.integer(0, 4),
    ),
  'a column of numbers of staff more': (grid, random) =>
    withColumn(
      grid,
      random,
      random.pick(['Clinician ID', 'Team code', 'User', 'Ref', 'Case worker no']),
      () => 7000 + random.integer(1, 6),
    ),
  'another date': (grid, random) =>
    withColumn(
      grid,
      random,
      random.pick(['Date 2', 'Created', 'Review', 'Last contact']),
      () => `${random.integer(13, 28)}/0${random.integer(1, 9)}/2025`,
    ),
  'rows twice': (grid, random) => grid.flatMap((row, at) => (at > 0 && random.chance(0.1) ? [row, row] : [row])),
  'no totals': (grid) => {
    const totals = (grid[0] ?? []).flatMap((heading, at) => (/tot|score|mean/i.test(String(heading)) ? [at] : []))
    return grid.map((row) => row.filter((_, at) => !totals.includes(at)))
  },
}

/** The file with a mutation, its bytes written afresh; its truth is an upper bound of what may be loaded. */
export function mutant(odd: OddFile, mutation: string, random: Random): OddFile {
  const [heading, ...records] = readCsv(new TextDecoder().decode(odd.bytes))
  const grid = [heading?.cells ?? [], ...records.map(({ cells }) => cells)]
  const change = MUTATIONS[mutation] as (grid: Grid, random: Random) => Grid
  return { ...odd, name: `mutant-${odd.name}`, bytes: csv(change(grid, random)), asks: {} }
}

function width(grid: Grid): number {
  return Math.max(...grid.map((row) => row.length))
}

function withHeadings(grid: Grid, rename: (heading: OddCell, column: number) => OddCell): Grid {
  return grid.map((row, at) => (at === 0 ? row.map(rename) : row))
}

function withColumn(grid: Grid, random: Random, heading: string, cell: () => OddCell): Grid {
  const place = random.integer(0, width(grid))
  return grid.map((row, at) => [...row.slice(0, place), at === 0 ? heading : cell(), ...row.slice(place)])
}
