import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextCells, type TextRow } from '../../src/ingest/cells.ts'
import { CsvScanner } from '../../src/ingest/csv-scanner.ts'
import { cellDecoder } from '../../src/ingest/decode-text.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { openCsv } from '../../src/ingest/open-csv.ts'
import { file, textsOf } from './reading-room.ts'

const auto = { encoding: 'auto', delimiter: 'auto', heading_row: 1, quotes: 'double', skip_rows: 0 } as const

function rows(chunks: readonly (string | Buffer)[], heading_row = 1) {
  const scanner = new CsvScanner({ file_name: 'x.csv', delimiter: ',', heading_row, decode: cellDecoder('utf-8') })
  const found: TextRow[] = []
  for (const [index, chunk] of [...chunks, ''].entries()) {
    for (const { row_number, line_count, cells } of scanner.rows(Buffer.from(chunk), index === chunks.length)) {
      found.push({ row_number, line_count, cells: textsOf(cells) })
    }
  }
  return {
    physical_lines: scanner.physical_lines,
    cells: found.map((row) => row.cells),
    places: found.map((row) => [row.row_number, row.line_count]),
  }
}

async function opened(
  content: string | Uint8Array,
  declared: Parameters<typeof openCsv>[1] = auto,
  footers: string[] = [],
) {
  const no_records = { footer_starts_with: footers }
  const source = await openCsv(await examineFile(file(content)), declared, no_records)
  const cells: string[][] = []
  for await (const record of source.records) cells.push(textsOf(record.cells))
  return { source, cells, lines: source.lines() }
}

describe('rows of delimited text', () => {
  it.each([
    ['line feeds', 'a,b\n1,2\n'],
    ['carriage return and line feed', 'a,b\r\n1,2\r\n'],
    ['carriage returns alone', 'a,b\r1,2\r'],
    ['no end on the last line', 'a,b\n1,2'],
  ])('reads the same two rows with %s', (_name, text) => {
    expect(rows([text])).toMatchObject({
      cells: [
        ['a', 'b'],
        ['1', '2'],
      ],
      places: [
        [1, 1],
        [2, 1],
      ],
      physical_lines: 2,
    })
  })

  it('keeps commas, line ends and doubled quotes inside quotation marks, and counts the lines a row covers', () => {
    const { cells, places, physical_lines } = rows(['a,b\n"x, ""y""\r\nz",2\n3,4\n'])
    expect(cells).toEqual([
      ['a', 'b'],
      ['x, "y"\r\nz', '2'],
      ['3', '4'],
    ])
    expect(places).toEqual([
      [1, 1],
      [2, 2],
      [4, 1],
    ])
    expect(physical_lines).toBe(4)
  })

  it('takes a quotation mark inside a cell as it stands, and keeps text after a closing one', () => {
    expect(rows(['5\' 6",b\n"a"x,2\n']).cells).toEqual([
      ['5\' 6"', 'b'],
      ['ax', '2'],
    ])
  })

  it('refuses a quotation mark that is never closed, and names its line', () => {
    expect(() => rows(['a,b\n1,"2\n3,4\n'])).toThrow(/line 2 opens a quotation mark that is never closed/)
  })

  it('reads lines above the headings whole, so that a lone quote in a title does no harm', () => {
    const { cells } = rows(['Report "as at, today\n\na,b\n1,2\n'], 3)
    expect(cells).toEqual([['Report "as at, today'], [''], ['a', 'b'], ['1', '2']])
  })

  it('refuses a cell of more than 1 MiB', () => {
    expect(() => rows([`a,b\n1,${'x'.repeat(2 ** 20 + 1)}\n`])).toThrow(/more than 1 MiB/)
  })

  it('reads back any cells that were written by the rule, wherever the chunks are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é'), maxLength: 5 })
    const grid = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(grid, fc.integer({ min: 1, max: 7 }), fc.constantFrom('\n', '\r\n', '\r'), (cells, size, end) => {
        const text = cells.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',') + end).join('')
        const bytes = Buffer.from(text)
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        )
        const read = rows(chunks)
        expect(read.cells).toEqual(cells)
        expect(read.places.reduce((sum, [, lines]) => sum + (lines ?? 0), 0)).toBe(read.physical_lines)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})

/** The rule, a character at a time. */
function rowsSlowly(text: string): string[][] | 'refused' {
  const all: string[][] = []
  let row: string[] = []
  let cell = ''
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  const endCell = () => {
    row.push(cell)
    cell = ''
    state = 'start'
  }
  const endRow = () => {
    endCell()
    all.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string
    if (state === 'quoted') {
      if (char === '"') state = 'closed'
      else cell += char
    } else if (state === 'closed' && char === '"') {
      cell += char
      state = 'quoted'
    } else if (char === ',') endCell()
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++
      endRow()
    } else if (state === 'start' && char === '"') state = 'quoted'
    else {
      cell += char
      state = 'plain'
    }
  }
  if (state === 'quoted') return 'refused'
  if (state !== 'start' || row.length > 0) endRow()
  return all
}

describe('the scanner and the rule', () => {
  it('agree about any text whatever, wherever the chunks are cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '"', '"', ',', ',', '\n', '\r', ' ', 'é', '€'),
      maxLength: 40,
    })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (written, size) => {
        const bytes = Buffer.from(written)
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        )
        const slowly = rowsSlowly(written)
        if (slowly === 'refused') expect(() => rows(chunks)).toThrow(/never closed/)
        else expect(rows(chunks).cells).toEqual(slowly)
      }),
      { numRuns: 2000, seed: 5 },
    )
  })

  it('reads a plain number from its bytes just where a text would be one', () => {
    const cell = fc.string({ unit: fc.constantFrom('0', '1', '9', ' ', '-', '.', '"', 'e', '２'), maxLength: 5 })
    fc.assert(
      fc.property(cell, (text) => {
        const written = `x,"${text.replaceAll('"', '""')}"\n`
        const scanner = new CsvScanner({ file_name: '', delimiter: ',', heading_row: 1, decode: cellDecoder('utf-8') })
        for (const row of scanner.rows(Buffer.from(written), true)) {
          const texts = new TextCells(['x', text])
          expect(row.cells.whole(1)).toBe(texts.whole(1))
          expect(row.cells.isBlank(1)).toBe(texts.isBlank(1))
          const [ours, theirs] = [Buffer.alloc(40), Buffer.alloc(40)]
          const both = Int32Array.from([1, 0])
          expect(row.cells.copyTrimmed(both, ours, 3)).toBe(texts.copyTrimmed(both, theirs, 3))
          expect(ours.equals(theirs)).toBe(true)
        }
      }),
      { numRuns: 500, seed: 6 },
    )
  })
})

describe('opening a text file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n', ','],
    ['semicolons with decimal commas', 'a;b\n1,5;2,5\n3,5;4\n', ';'],
    ['tabs', 'a\tb\n1, 2\t3\n', '\t'],
    ['upright bars with JSON in a cell', '"a"|"b"\n1|"{""x"":[1,2,3]}"\n', '|'],
    ['a sep= line', 'sep=;\na;b\n1;2\n', ';'],
  ])('finds the delimiter: %s', async (_name, text, delimiter) => {
    const { source } = await opened(text)
    expect(source.delimiter).toBe(delimiter)
    expect(source.headings).toEqual(['a', 'b'])
  })

  it.each([
    ['UTF-8', Buffer.from('naïve,£\n“a”,1\n', 'utf8'), 'utf-8'],
    ['UTF-8 with a byte-order mark', Buffer.from('\ufeffnaïve,£\n“a”,1\n', 'utf8'), 'utf-8'],
    ['UTF-16 with a byte-order mark', Buffer.from('\ufeffnaïve,£\n“a”,1\n', 'utf16le'), 'utf-16le'],
    ['UTF-16 without one', Buffer.from('naïve,£\n“a”,1\n', 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', Buffer.from('\ufeffnaïve,£\n“a”,1\n', 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from('na\xefve,\xa3\n\x93a\x94,1\n', 'latin1'), 'windows-1252'],
  ])('reads %s: accents, pound signs and curly quotes', async (_name, bytes, encoding) => {
    const { source, cells } = await opened(bytes)
    expect(source.encoding).toBe(encoding)
    expect(source.headings).toEqual(['naïve', '£'])
    expect(cells).toEqual([['“a”', '1']])
    expect(source.notes().some((note) => note.includes('Windows-1252'))).toBe(encoding === 'windows-1252')
  })

  it('refuses an encoding that the profile declares and the bytes deny', async () => {
    const declared = { ...auto, encoding: 'utf-8' } as const
    await expect(opened(Buffer.from('a,b\n\xa3,1\n', 'latin1'), declared)).rejects.toThrow(
      /is not utf-8, as the profile declares/,
    )
  })

  it('keeps out the rows below the headings that a profile says are no records, and counts them', async () => {
    const text = 'a,b\n"How are\nyou?",Note\n\n"{""ImportId"":1}",\n1,2\n'
    const { cells, lines } = await opened(text, { ...auto, skip_rows: 2 })
    expect(cells).toEqual([['1', '2']])
    expect(lines).toEqual({ physical_lines: 6, heading_lines: 1, blank_lines: 1, other_lines: 3, record_lines: 1 })
  })

  it('accounts for every line: title, headings, blank and all-comma rows, repeated headings, footer, records', async () => {
    const text = 'Trust report\n\na,b\n1,2\n,\n\na,b\n3,"4\n5"\nTotal,2\n'
    const { cells, lines } = await opened(text, { ...auto, heading_row: 3 }, ['total'])
    expect(cells).toEqual([
      ['1', '2'],
      ['3', '4\n5'],
    ])
    expect(lines).toEqual({ physical_lines: 10, heading_lines: 2, blank_lines: 3, other_lines: 2, record_lines: 3 })
  })
})
