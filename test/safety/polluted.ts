/** Six records as they should be, and the same as careless programs write them: our own, by kind. */
export const CLEAN: readonly (readonly string[])[] = [
  ['person_id', 'measure', 'score_date', 'score', 'service', 'comment'],
  ['A', 'GAD-7', '2025-01-02', '9', 'North', 'well'],
  ['B', 'GAD-7', '2025-01-03', '4', 'North, West', ''],
  ['C', 'PHQ-9', '2025-02-03', '0', 'Café', 'said "better"'],
  ['D', 'PHQ-9', '2025-02-04', '27', 'North', 'two\nlines'],
  ['E', 'PHQ-9', '2025-02-05', '11', 'South', ''],
  ['F', 'GAD-7', '2025-02-06', '21', 'South', ' spaces '],
]

type Write = (cells: readonly string[], row: number) => string

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const line = (cells: readonly string[], delimiter = ',', always = false) =>
  cells.map((cell) => (always || /["\n\r,;|\t]/.test(cell) ? quoted(cell) : cell)).join(delimiter)
const file = (write: Write, end = '\n') => CLEAN.map((cells, row) => write(cells, row) + end).join('')
const plain: Write = (cells) => line(cells)

export const POLLUTED: readonly (readonly [string, string | Buffer])[] = [
  ['as it should be', file(plain)],
  ['every cell quoted', file((cells) => line(cells, ',', true))],
  ['a line quoted, the next not', file((cells, row) => line(cells, ',', row % 2 === 0))],
  ['semicolons', file((cells) => line(cells, ';'))],
  ['tabs', file((cells) => line(cells, '\t'))],
  ['upright bars', file((cells) => line(cells, '|'))],
  ['a first line that names the delimiter', `sep=;\n${file((cells) => line(cells, ';'))}`],
  ['lines that end as Windows ends them', file(plain, '\r\n')],
  ['lines that end as old Macs ended them', file(plain, '\r')],
  ['lines that end in several ways', file((cells, row) => line(cells) + ['', '\r'][row % 2])],
  ['no end of the last line', file(plain).slice(0, -1)],
  ['blank lines between and after', file(plain, '\n').replace('\nE,', '\n\n\nE,').concat('\n\n')],
  ['lines of delimiters alone', file(plain).replace('\nE,', '\n,,,,,\nE,').concat(',,,,,\n')],
  ['delimiters at the end of every line', file((cells) => `${line(cells)},,`)],
  ['the headings once more in the middle', file(plain).replace('\nE,', `\n${line(CLEAN[0] ?? [])}\nE,`)],
  [
    'headings in capitals, with space around them',
    file((cells, row) => (row === 0 ? ` ${line(cells, ' , ').toUpperCase()} ` : line(cells))),
  ],
  ['space around every cell', file((cells) => line(cells.map((cell) => (cell.includes('\n') ? cell : ` ${cell} `))))],
  ['a byte-order mark', `\ufeff${file(plain)}`],
  ['UTF-16', Buffer.from(`\ufeff${file(plain)}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(file(plain), 'utf16le')],
  ['Windows-1252', Buffer.from(file(plain), 'latin1')],
  ['a column more that is not known', file((cells, row) => `${row === 0 ? 'ward' : 'W1'},${line(cells)}`)],
  ['columns in another order', file((cells) => line(cells.toReversed()))],
  ['an end-of-file mark of DOS', `${file(plain)}\u001a`],
]
