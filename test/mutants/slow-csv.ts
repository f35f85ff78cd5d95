/** A record of delimited text, and the line that it begins on. */
export interface SlowRow {
  readonly row_number: number
  cells: readonly string[]
}

/** Delimited text read one character after the other, by RFC 4180 and nothing else; `is_open`: its last quotation mark is never closed. */
export function slowCsv(text: string, delimiter: string): { rows: SlowRow[]; n_lines: number; is_open: boolean } {
  const rows: SlowRow[] = []
  let cells: string[] = []
  let cell = ''
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let line = 1
  let begins = 1
  const endCell = () => {
    cells.push(cell)
    cell = ''
    state = 'start'
  }
  const endRow = () => {
    endCell()
    rows.push({ row_number: begins, cells })
    cells = []
    begins = line + 1
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    const isBreak = character === '\n' || (character === '\r' && text[at + 1] !== '\n')
    if (state === 'quoted') {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text[++at]
      else state = 'closed'
    } else if (state === 'start' && character === '"') state = 'quoted'
    else if (character === delimiter) endCell()
    else if (isBreak) endRow()
    else if (character !== '\r' || text[at + 1] !== '\n') {
      cell += character
      state = state === 'closed' ? 'closed' : 'plain'
    }
    if (isBreak) line++
  }
  const isEnded = /[\r\n]$/.test(text) && cells.length === 0 && cell === '' && (state as string) !== 'quoted'
  if (!isEnded) endRow()
  return { rows, n_lines: isEnded ? line - 1 : line, is_open: (state as string) === 'quoted' }
}
