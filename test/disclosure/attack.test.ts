import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGate, type Gate } from '../../src/disclosure/gate.ts'
import { isWithheld, POLICY_IDS } from '../../src/disclosure/policy.ts'
import type { Released } from '../../src/disclosure/released.ts'

/**
 * Attacks that know the program. The attacker sees everything released about a table: its cells, total, percentages and
 * Wilson intervals. He tries every raw table that could be behind it and keeps those that would print the same. A cell is safe
 * when every count of its own interval survives: the rest of the page then told him nothing.
 */
const RELEASE_POLICIES = POLICY_IDS.filter((id) => id !== 'internal')
const HIGHEST = 26

describe.each(RELEASE_POLICIES)('an attacker who sees a whole table under %s', (id) => {
  const gate = createGate(id)
  const pagesOfPairs = pages(gate)

  it('keeps every count of the interval of every cell, withheld or shown, over every table of two cells', () => {
    for (const [page, tables] of pagesOfPairs) {
      for (const side of [0, 1] as const) {
        const possible = new Set(tables.map((table) => table[side]))
        const whole = intervalOf(gate, (tables[0] as Pair)[side])
        expect(
          whole.filter((n) => !possible.has(n)),
          page,
        ).toEqual([])
      }
    }
  })

  it('never finds an exact count', () => {
    const narrow = [...pagesOfPairs.values()].filter(
      (tables) => new Set(tables.map(([x]) => x)).size < minimumSize(gate, tables),
    )
    expect(narrow).toEqual([])
  })

  it('learns nothing from a larger table either: swapping a withheld cell for any other leaves the page as it was', () => {
    const counts = fc.array(fc.nat({ max: 60 }), { minLength: 3, maxLength: 6 })
    fc.assert(
      fc.property(counts, (raw) => {
        const shown = printed(gate, raw)
        for (const [place, n] of raw.entries()) {
          for (const other of intervalOf(gate, n)) expect(printed(gate, raw.with(place, other))).toBe(shown)
        }
      }),
      { numRuns: 200, seed: 20260401 },
    )
  })

  it('learns nothing from the stages above a table, where they are released together with it', () => {
    const groups = fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }))
    fc.assert(
      fc.property(groups, (raw) => {
        const shown = printedStages(gate, raw)
        for (const [place, n] of raw.entries()) {
          for (const other of intervalOf(gate, n)) expect(printedStages(gate, raw.with(place, other))).toBe(shown)
        }
      }),
      { numRuns: 150, seed: 20260403 },
    )
  })

  it('finds every percentage again from the counts beside it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400 }), fc.nat({ max: 400 }), (x, y) => {
        const { cells, total } = gate.partition({ x, y })
        const percentage = gate.percentage(cells.x, total)
        if (percentage.value !== null) {
          expect(percentage.value).toBe(Math.round((100 * (cells.x.value as number)) / (total.value as number)))
        }
      }),
      { numRuns: 300, seed: 20260402 },
    )
  })
})

it('the same attack does find counts when a percentage is taken from raw numbers', () => {
  const gate = createGate('hes-7/5')
  const leaky = new Map<string, Set<number>>()
  for (const [x, n] of allPairs().map(([a, b]) => [a, a + b] as const)) {
    if (n === 0) continue
    const page = `${gate.count(n).text} ${gate.count(x).text} ${((100 * x) / n).toFixed(1)}`
    leaky.set(page, (leaky.get(page) ?? new Set()).add(x))
  }
  expect([...leaky.values()].filter((possible) => possible.size === 1).length).toBeGreaterThan(100)
})

it('the same attack does narrow a withheld cell when the total of its table is released on its own', () => {
  const gate = createGate('hes-7/5')
  const behind = new Map<string, Set<number>>()
  for (const [x, y] of allPairs()) {
    const page = `${gate.count(x).text} ${gate.count(y).text} ${gate.count(x + y).text}`
    if (gate.count(x).is_suppressed && y <= HIGHEST - 4) behind.set(page, (behind.get(page) ?? new Set()).add(x))
  }
  expect([...behind.values()].some((possible) => possible.size < 7)).toBe(true)
})

type Pair = readonly [number, number]

function pages(gate: Gate): Map<string, Pair[]> {
  const found = new Map<string, Pair[]>()
  for (const pair of allPairs()) {
    const page = printed(gate, pair)
    found.set(page, [...(found.get(page) ?? []), pair])
  }
  // The edge of the search cuts the last interval short: pages that reach it are left out.
  return new Map([...found].filter(([, tables]) => tables.every((pair) => pair.every((n) => n <= HIGHEST - 4))))
}

function allPairs(): Pair[] {
  const counts = Array.from({ length: HIGHEST + 1 }, (_, n) => n)
  return counts.flatMap((x) => counts.map((y) => [x, y] as const))
}

/** Everything a reader is given about a table, in one string. */
function printed(gate: Gate, counts: readonly number[]): string {
  const { cells, total } = gate.partition(Object.fromEntries(counts.map((n, place) => [`cell${place}`, n])))
  const shares = Object.values(cells).flatMap((cell) => [gate.percentage(cell, total), ...wilson(gate, cell, total)])
  return [...Object.values(cells), total, ...shares].map((value) => value.text).join(' | ')
}

function printedStages(gate: Gate, [missed, improved, unchanged]: readonly number[]): string {
  const counts = { improved: improved ?? 0, unchanged: unchanged ?? 0 }
  const paired = counts.improved + counts.unchanged
  const split = gate.partition(counts)
  const stages = gate.stages({ eligible: paired + (missed ?? 0), paired }, split)
  return [...Object.values(split.cells), split.total, ...Object.values(stages)].map((value) => value.text).join(' | ')
}

function wilson(gate: Gate, part: Released, whole: Released): Released[] {
  const z = 1.959964
  return [-1, 1].map((sign) =>
    gate.derive(
      [part, whole],
      (x, n) => {
        const half = z * Math.sqrt((x * (n - x)) / n + (z * z) / 4)
        return (100 * (x + (z * z) / 2 + sign * half)) / (n + z * z)
      },
      { decimals: 1, unit: 'percent' },
    ),
  )
}

/** The counts that a reader who sees only this cell must hold possible. */
function intervalOf(gate: Gate, n: number): number[] {
  return Array.from({ length: n + 10 }, (_, other) => other).filter(
    (other) => gate.count(other).text === gate.count(n).text,
  )
}

function minimumSize(gate: Gate, tables: readonly Pair[]): number {
  const [[x] = [0]] = tables as readonly [Pair?]
  // Under a policy that shows zero, a shown zero is exact by its own rule.
  return x === 0 && !isWithheld(gate.policy, 0) ? 1 : 3
}
