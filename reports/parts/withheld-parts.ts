import type { Gate } from '../../src/disclosure/gate.ts'

/**
 * Which parts of one whole are withheld: those of too few people; and, where all of these together are too few still, the
 * smallest of the others, since the whole less the parts shown would be a figure about them. `statistic`: for means and
 * ratios, which need more people than a count does.
 */
export function withheldParts(gate: Gate, sizes: readonly number[], kind: Kind): readonly boolean[] {
  return cover(
    gate,
    sizes,
    sizes.map((n) => isSmall(gate, n, kind)),
    kind,
  )
}

/** The same for a table of counts that adds up along every row and every column. */
export function withheldCells(gate: Gate, counts: readonly (readonly number[])[]): readonly (readonly boolean[])[] {
  let hidden = counts.map((row) => row.map((n) => isSmall(gate, n, 'count')))
  for (let before = -1; before !== nHidden(hidden); ) {
    before = nHidden(hidden)
    hidden = counts.map((row, at) => cover(gate, row, hidden[at] ?? [], 'count'))
    hidden = turned(turned(counts).map((column, at) => cover(gate, column, turned(hidden)[at] ?? [], 'count')))
  }
  return hidden
}

type Kind = 'count' | 'statistic'

function isSmall({ count, policy }: Gate, n: number, kind: Kind): boolean {
  return count(n).is_suppressed || (kind === 'statistic' && n > 0 && n < policy.min_n_statistic)
}

function cover(gate: Gate, sizes: readonly number[], small: readonly boolean[], kind: Kind): boolean[] {
  const hidden = [...small]
  const isTold = () => isSmall(gate, total(sizes.filter((_, at) => hidden[at])), kind)
  while (hidden.includes(true) && isTold()) {
    const others = sizes.flatMap((n, at) => (hidden[at] || n === 0 ? [] : [{ n, at }]))
    const [least] = others.toSorted((a, b) => a.n - b.n)
    if (least === undefined) break
    hidden[least.at] = true
  }
  return hidden
}

function nHidden(hidden: readonly (readonly boolean[])[]): number {
  return hidden.flat().filter((it) => it).length
}

function turned<Cell>(rows: readonly (readonly Cell[])[]): Cell[][] {
  return (rows[0] ?? []).map((_, at) => rows.map((row) => row[at] as Cell))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, it) => sum + it, 0)
}
