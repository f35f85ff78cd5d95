/** One cell of a drawn table: blank is null, a bare number is a number, the rest is text. */
export type Drawn = string | number | null

/** Reads a table drawn in text: a heading line, a ruled line, then rows, cells parted by `|`. */
export function table(drawing: string): Record<string, Drawn>[] {
  const [heading, rule, ...rows] = drawing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (heading === undefined || rule === undefined || !/^[-+|\s]+$/.test(rule))
    throw new Error('a drawn table needs a heading and a ruled line')
  const names = heading.split('|').map((name) => name.trim())
  return rows.map((row) => {
    const cells = row.split('|').map((cell) => cell.trim())
    return Object.fromEntries(names.map((name, i) => [name, drawn(cells[i] ?? '')]))
  })
}

/** The rows cut down to the columns that the drawing has, so that a test shows only what it is about. */
export function onlyDrawn(rows: readonly object[], drawing: string): Record<string, unknown>[] {
  const names = Object.keys(table(drawing)[0] ?? {})
  return rows.map((row) =>
    Object.fromEntries(names.map((name) => [name, (row as Record<string, unknown>)[name] ?? null])),
  )
}

function drawn(cell: string): Drawn {
  if (cell === '') return null
  return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell
}
